"""Figures of the service: sums by office, day, direction and regime, kept so that a year answers at once."""

"""Figures for who leads an office, a region or the service, and for a firm of its own."""

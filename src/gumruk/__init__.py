"""Gumruk: an open customs administration platform."""

__version__ = "0.1.0"

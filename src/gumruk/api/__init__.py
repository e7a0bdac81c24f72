"""The open REST interface."""

"""Customs offices, border points and posts."""

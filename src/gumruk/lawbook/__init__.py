"""Owns the dated law tables and change sets, and gives rules an immutable Law of a day."""

"""Offices at work: opening hours, how to reach them, shifts and who is on them. What an office is called is law data."""

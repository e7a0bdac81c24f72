"""The one place that says what happens next to a declaration."""

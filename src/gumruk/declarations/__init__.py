"""The declaration, its versions and its rows."""

"""Printed forms as pages: what a declaration, an assessment or a receipt says, worded for a sheet; and the verify page."""

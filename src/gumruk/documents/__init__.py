"""Uploads, printed forms and QR codes."""

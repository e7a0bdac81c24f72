"""Signatures: what is signed, how it is signed, and the one place that says whether a signature holds."""

"""Documents as real files: bytes kept once by their hash, an attachment for each use, and who opened which."""

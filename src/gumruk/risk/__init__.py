"""Lane selection. For now a random share for each office; profiles and models come behind the same call."""

"""The law as pure functions: facts and a law of the day go in, findings and amounts come out."""

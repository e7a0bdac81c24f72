"""Where a person stands on a guided way through the program: begun, done, put aside. What was done is read elsewhere."""

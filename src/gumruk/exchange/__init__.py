"""Files and messages from and to others: ASYCUDA World, WCO, sheets."""

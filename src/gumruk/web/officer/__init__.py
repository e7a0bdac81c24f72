"""Pages of officers: the queue and the acts of control and release."""

"""How officers keep their own work: saved views of the queue, and shifts that are handed over."""

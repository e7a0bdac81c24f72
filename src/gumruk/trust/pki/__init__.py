"""A public key infrastructure for tests and demonstrations: authorities, revocation, time stamps. Never for real use."""

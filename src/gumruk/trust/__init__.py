"""Users, roles and grants, sign-in, API tokens; later certificates and signatures."""

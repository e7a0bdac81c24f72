"""Pages of reference data: code lists, legal acts, rates of exchange, the import of the tariff."""

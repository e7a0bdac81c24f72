"""Code lists with validity: countries, currencies and rates, units, documents, HS, packages, procedures."""

"""What brokers and officers have in common: the declaration's page, controls of the form, code lists, components."""

"""Pages of brokers: their list, drafts, amendments, payment."""

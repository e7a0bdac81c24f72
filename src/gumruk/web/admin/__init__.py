"""The administrator's workplace: people and rights, offices and shifts, jobs, the state of the system, the record."""

"""Technical parts that know no customs: clock, rows, outbox, environment, languages, embedded database."""

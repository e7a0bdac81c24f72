"""People and firms: importers, exporters, brokers, declarants."""

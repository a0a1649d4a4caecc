"""The records of events, defined once: a file for each type."""

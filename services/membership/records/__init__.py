"""The records of membership, defined once: a file for each type."""

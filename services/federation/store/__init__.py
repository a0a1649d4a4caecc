"""The records of federations: tables, load and save."""

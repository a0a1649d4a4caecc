"""The records of activities and journals: tables, load and save."""

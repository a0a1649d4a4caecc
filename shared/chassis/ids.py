"""Identifiers of events and records."""

from uuid_utils import uuid7


def new_id() -> str:
    """A UUIDv7: unique, and ordered by the time it was made, which keeps database indexes small and fast."""
    return str(uuid7())

"""What membership keeps: its tables, and how records get in and out."""

from services.membership.store.tables import metadata

__all__ = ["metadata"]

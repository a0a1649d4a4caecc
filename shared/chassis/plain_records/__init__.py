"""Plain records: what was done on one day, kept as it was told, listed, and withdrawn once.

A service lists its kinds and says how a subject is held; the form of a kind is asked for as its event tells it, with a
title that stays in the service.
"""

from chassis.plain_records.doors import Room, open_doors
from chassis.plain_records.kinds import Kind, PartExceedsWhole, Record
from chassis.plain_records.store import RecordedAlready, UnknownRecord, WithdrawnAlready, records_table

__all__ = [
    "Kind",
    "PartExceedsWhole",
    "Record",
    "RecordedAlready",
    "Room",
    "UnknownRecord",
    "WithdrawnAlready",
    "open_doors",
    "records_table",
]

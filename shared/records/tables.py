"""The tables of records: what each says now, and what it said before it was corrected."""

from typing import NamedTuple

from sqlalchemy import Column, Date, Index, Integer, MetaData, String, Table, Text

from chassis.rights import ASSOCIATION


class Tables(NamedTuple):
    """The two tables of one service's records."""

    records: Table
    versions: Table


def tables_of(metadata: MetaData) -> Tables:
    """The tables of the records of one service, of all types together; `told` is the event that says what stands."""
    records = Table(
        "plain_records",
        metadata,
        Column("id", String(36), primary_key=True),
        Column("society", String(5), nullable=False),
        Column("kind", String(40), nullable=False),
        *_version(),
        Column("number", Integer, nullable=False, server_default="1"),
        Column("withdrawn_on", Date),
        Column("reason", String(500)),
        Column("withdrawn_by", String(60)),
        Column("withdrawal", String(36)),
        Index("ix_plain_records_society_kind", "society", "kind", "id"),
    )
    versions = Table(
        "record_versions",
        metadata,
        Column("record", String(36), primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        *_version(),
        Index("ix_record_versions_told", "told"),
    )
    return Tables(records, versions)


def _version() -> list[Column[object]]:
    """What one version of a record says, who said so, and when; neither account nor instant is known of old records."""
    return [
        Column("title", String(200), nullable=False),
        Column("day", Date, nullable=False),
        Column("details", Text, nullable=False),
        Column("told", String(36), nullable=False),
        Column("recorded_by", String(60), nullable=False, server_default=ASSOCIATION),
        Column("account", String(64)),
        Column("recorded", String(27)),
    ]

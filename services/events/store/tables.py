"""The tables of events. `societies` is what membership told; the rest is this service's own record."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, MetaData, String, Table

from chassis.rights import ASSOCIATION
from chassis.tables import NAMING
from records.tables import tables_of

metadata = MetaData(naming_convention=NAMING)

societies = Table(
    "societies",
    metadata,
    Column("code", String(5), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("registered_on", Date),
)

activities = Table(
    "activities",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("level", String(40), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("state", String(20), nullable=False),
    Column("held_on", Date),
    Column("attendance", Integer),
    Column("papers", Integer),
    Column("closed_on", Date),
    Column("reason", String(500)),
    Column("recorded_by", String(60), nullable=False, server_default=ASSOCIATION),
    Index("ix_activities_starts_on", "starts_on"),
    Index("ix_activities_held_on", "held_on"),
)

organisers = Table(
    "organisers",
    metadata,
    Column("activity", String(36), ForeignKey("activities.id"), primary_key=True),
    Column("society", String(5), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("role", String(20), nullable=False),
    Column("held_event", String(36)),
    Index("ix_organisers_society", "society", "activity"),
)

journals = Table(
    "journals",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("society", String(5), nullable=False),
    Column("title", String(200), nullable=False),
    Column("issn", String(9), nullable=False, unique=True),
    Column("cn", String(20), nullable=False),
    Column("cn_number", String(7), nullable=False, unique=True),
    Column("registered_on", Date, nullable=False),
    Column("certified_reason", String(500)),
    Index("ix_journals_society", "society", "id"),
)

issues = Table(
    "issues",
    metadata,
    Column("journal", String(36), ForeignKey("journals.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("published_on", Date, nullable=False),
    Column("event", String(36)),
)

plain_records = tables_of(metadata)

"""The tables of federation. `societies` is what membership told; the rest is this service's own record."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, MetaData, String, Table

from chassis.tables import NAMING

metadata = MetaData(naming_convention=NAMING)

societies = Table(
    "societies",
    metadata,
    Column("code", String(5), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("registered_on", Date),
)

federations = Table(
    "federations",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("field", String(40), nullable=False),
    Column("founded_on", Date, nullable=False),
)

# A society that leaves and joins again has two rows; `place` keeps the order in which they joined.
memberships = Table(
    "memberships",
    metadata,
    Column("federation", String(40), ForeignKey("federations.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("society", String(5), nullable=False),
    Column("founder", Boolean, nullable=False),
    Column("admitted_on", Date, nullable=False),
    Column("released_on", Date),
    Column("reason", String(20)),
    Index("ix_memberships_society", "society", "federation"),
)

joint_activities = Table(
    "joint_activities",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("federation", String(40), ForeignKey("federations.id"), nullable=False),
    Column("title", String(200), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("level", String(40), nullable=False),
    Column("lead", String(5), nullable=False),
    Column("attendance", Integer, nullable=False),
    Column("held_on", Date, nullable=False),
    Index("ix_joint_activities_federation", "federation", "id"),
)

partners = Table(
    "partners",
    metadata,
    Column("activity", String(36), ForeignKey("joint_activities.id"), primary_key=True),
    Column("society", String(5), primary_key=True),
    Column("place", Integer, nullable=False),
)

"""The tables of membership. `event` is the id of the event that told of a row."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from chassis.rights import ASSOCIATION
from chassis.tables import NAMING
from records.tables import tables_of

metadata = MetaData(naming_convention=NAMING)


def _society(*, key: bool = False) -> Column[str]:
    return Column("society", String(5), ForeignKey("societies.code"), primary_key=key, nullable=False)


def _recorded_by() -> Column[str]:
    return Column("recorded_by", String(60), nullable=False, server_default=ASSOCIATION)


societies = Table(
    "societies",
    metadata,
    Column("code", String(5), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("credit_code", String(18), nullable=False, unique=True),
    Column("discipline", String(20), nullable=False),
    Column("registered_on", Date, nullable=False),
    Column("event", String(36), nullable=False),
    Column("certified_reason", Text),
)

# No foreign key: members come by the thousand, and who admits them has locked their society.
members = Table(
    "members",
    metadata,
    Column("society", String(5), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("number", String(40)),
    Column("admitted_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("reason", String(20)),
    Index(
        "ux_members_society_number",
        "society",
        "number",
        unique=True,
        sqlite_where=text("number IS NOT NULL"),
        postgresql_where=text("number IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)

elections = Table(
    "elections",
    metadata,
    _society(key=True),
    Column("organ", String(20), primary_key=True),
    Column("elected_on", Date, primary_key=True),
    Column("seats", Integer, nullable=False),
    Column("front_line", Integer, nullable=False),
    Column("young", Integer, nullable=False),
    Column("term_ends_on", Date, nullable=False),
    Column("event", String(36), nullable=False),
)

party_organisations = Table(
    "party_organisations",
    metadata,
    _society(key=True),
    Column("form", String(20), primary_key=True),
    Column("established_on", Date, primary_key=True),
    Column("event", String(36), nullable=False),
)

secretariats = Table(
    "secretariats",
    metadata,
    _society(key=True),
    Column("full_time_staff", Integer, nullable=False),
    Column("hired_secretary_general", Boolean, nullable=False),
    Column("own_office", Boolean, nullable=False),
    Column("recorded_on", Date, nullable=False),
    _recorded_by(),
)

meetings = Table(
    "meetings",
    metadata,
    Column("id", String(36), primary_key=True),
    _society(),
    Column("organ", String(20), nullable=False),
    Column("entitled", Integer, nullable=False),
    Column("present", Integer, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("withdrawn_on", Date),
    Column("reason", Text),
    Column("event", String(36), nullable=False),
    _recorded_by(),
)

regulations = Table(
    "regulations",
    metadata,
    _society(key=True),
    Column("regulation", String(30), primary_key=True),
    Column("adopted_on", Date, primary_key=True),
    Column("event", String(36), nullable=False),
)

branches = Table(
    "branches",
    metadata,
    Column("id", String(36), primary_key=True),
    _society(),
    Column("kind", String(30), nullable=False),
    Column("name", String(200), nullable=False),
    Column("filed_on", Date, nullable=False),
    Column("event", String(36), nullable=False),
    UniqueConstraint("society", "name"),
)

# No foreign key: evaluation may be heard of a society that an imported log registers only later.
credit_entries = Table(
    "credit_entries",
    metadata,
    Column("event", String(36), primary_key=True),
    Column("society", String(5), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("review", String(40), nullable=False),
    Column("value", String(60), nullable=False),
    Column("as_of", Date),
    Column("recorded_on", Date, nullable=False),
    Column("until", Date),
    Index("ix_credit_entries_society", "society"),
)

# What holds until it is withdrawn; `key` says of what among the records of one type, `alike` what else none repeats.
records = Table(
    "records",
    metadata,
    Column("event", String(36), primary_key=True),
    _society(),
    Column("type", String(80), nullable=False),
    Column("key", String(80), nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("withdrawn_on", Date),
    Column("reason", Text),
    _recorded_by(),
    Column("alike", String(80)),
    Index("ix_records_society_type_key", "society", "type", "key"),
)

# The day of birth is personal: it leaves this table in no answer and no event.
leaders = Table(
    "leaders",
    metadata,
    Column("id", String(36), primary_key=True),
    _society(),
    Column("post", String(20), nullable=False),
    Column("born_on", Date, nullable=False),
    Column("elected_on", Date, nullable=False),
    Column("left_on", Date),
    Column("warned", Boolean, nullable=False),
    Column("reached", Boolean, nullable=False),
    Column("term_number", Integer),
    Column("withdrawn_on", Date),
    Index("ix_leaders_born_on", "born_on"),
)

plain_records = tables_of(metadata)

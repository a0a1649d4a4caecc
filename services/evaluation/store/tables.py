"""The tables of evaluation."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from chassis.rights import ASSOCIATION
from chassis.tables import NAMING

metadata = MetaData(naming_convention=NAMING)

# The instance that holds a partition adds to it alone, so that rows are committed in the order of their ordinals: who
# has seen one of a partition has missed none before it.
facts = Table(
    "facts",
    metadata,
    Column("partition", Integer, primary_key=True),
    Column("ordinal", BigInteger, primary_key=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("subject", String(80), nullable=False),
    Column("type", String(80), nullable=False),
    Column("time", String(27), nullable=False),
    Column("recorded", String(27), nullable=False),
    Column("data", Text, nullable=False),
    Index("ix_facts_subject", "subject"),
)

policies = Table(
    "policies",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("version", String(20), primary_key=True),
    Column("hash", String(80), nullable=False),
    Column("text", Text, nullable=False),
    Column("filed", String(27), nullable=False),
)

ratings = Table(
    "ratings",
    metadata,
    Column("society", String(80), primary_key=True),
    Column("document", Text, nullable=False),
)

# What was last announced of a society at the close of a day, and where it stood at the last close.
announcements = Table(
    "announcements",
    metadata,
    Column("society", String(80), primary_key=True),
    Column("document", Text, nullable=False),
    Column("rank", Integer, nullable=False),
)

assessments = Table(
    "assessments",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("society", String(80), nullable=False),
    Column("item", String(80), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("assessor", String(36), nullable=False),
    Column("assessed_on", Date, nullable=False),
    Column("number", String(40)),
    Column("word", String(40)),
    Column("holds", Boolean),
    Column("answer", String(80)),
    Column("concerns", String(36)),
    Column("event", String(36), nullable=False),
    Column("recorded", String(27), nullable=False),
    Column("withdrawn_on", Date),
    Column("withdrawal_recorded", String(27)),
    Column("reason", String(500)),
    Column("recorded_by", String(60), nullable=False, server_default=ASSOCIATION),
    Index("ix_assessments_society_id", "society", "id"),
)

reviews = Table("reviews", metadata, Column("id", String(40), primary_key=True))

review_steps = Table(
    "review_steps",
    metadata,
    Column("review", String(40), primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("event", String(36), nullable=False),
    Column("type", String(80), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("time", String(27), nullable=False),
    Column("recorded", String(27), nullable=False),
    Column("data", Text, nullable=False),
)

objection_texts = Table(
    "objection_texts",
    metadata,
    Column("objection", String(36), primary_key=True),
    Column("text", Text, nullable=False),
)

panel_posts = Table(
    "panel_posts",
    metadata,
    Column("review", String(40), primary_key=True),
    Column("member", String(10), primary_key=True),
    Column("society", String(5), primary_key=True),
    Column("left_on", Date),
)

# The account that acted for a seat first has it: one person casts one vote.
panel_accounts = Table(
    "panel_accounts",
    metadata,
    Column("review", String(40), primary_key=True),
    Column("member", String(10), primary_key=True),
    Column("account", String(64), nullable=False),
    UniqueConstraint("review", "account"),
)

review_results = Table(
    "review_results",
    metadata,
    Column("review", String(40), primary_key=True),
    Column("hash", String(71), primary_key=True),
    Column("rows", Text, nullable=False),
)

# What was told of a duty and stands; the days are ordinals, as the duties have them.
announced_duties = Table(
    "announced_duties",
    metadata,
    Column("society", String(5), primary_key=True),
    Column("clock", String(60), primary_key=True),
    Column("key", String(60), primary_key=True),
    Column("due", Integer, nullable=False),
    Column("breach", String(36), nullable=False),
    Column("fulfilled", Integer),
    Column("cure", String(36)),
)

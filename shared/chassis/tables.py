"""The chassis' own tables, which every service's database has beside the service's."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)

ordinal = BigInteger().with_variant(Integer, "sqlite")

log = Table(
    "log",
    metadata,
    Column("ordinal", ordinal, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("partition", Integer, nullable=False),
    Column("position", BigInteger),
    Column("type", String(80), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("recorded", String(27), nullable=False),
    Column("document", Text, nullable=False),
    # Who caused the row: for this service alone, never on the bus. An event that followed from another has no account.
    Column("account", String(64)),
    Column("role", Text),
    Column("imported", Boolean, nullable=False, server_default=false()),
    Index("ux_log_partition_position", "partition", "position", unique=True),
    Index(
        "ix_log_unnumbered",
        "ordinal",
        sqlite_where=text("position IS NULL"),
        postgresql_where=text("position IS NULL"),
    ),
)

positions = Table(
    "positions",
    metadata,
    Column("listener", String(40), primary_key=True),
    Column("speaker", String(40), primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("event", String(36), nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("listener", String(40), primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("holder", String(36), nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("expires", Float(53), nullable=False),
)

instances = Table(
    "instances",
    metadata,
    Column("listener", String(40), primary_key=True),
    Column("instance", String(36), primary_key=True),
    Column("expires", Float(53), nullable=False),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("listener", String(40), primary_key=True),
    Column("speaker", String(40), nullable=False),
    Column("partition", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("type", String(80), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("document", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("traceback", Text, nullable=False),
    Column("failed", String(27), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("faults", Text),
    Column("closed", String(27)),
    Column("closed_by", String(64)),
    Column("reason", Text),
)

quotas = Table(
    "quotas",
    metadata,
    Column("subject", String(80), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("used", Integer, nullable=False),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("caller", String(200), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("status", Integer),
    Column("content_type", String(100)),
    Column("body", LargeBinary),
    Column("created", String(27), nullable=False),
)

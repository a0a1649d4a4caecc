"""Steps by which the tables of records came about, the same in every service; a step is never changed."""

import sqlalchemy as sa
from alembic import op


def add_corrections() -> None:
    """What records said before they were corrected, and who withdrew them.

    Of a record from before, account and instant are those of the log; who withdrew it is not known.
    """
    for column in (
        sa.Column("number", sa.Integer, nullable=False, server_default="1"),
        sa.Column("account", sa.String(64)),
        sa.Column("recorded", sa.String(27)),
        sa.Column("withdrawn_by", sa.String(60)),
        sa.Column("withdrawal", sa.String(36)),
    ):
        op.add_column("plain_records", column)
    op.execute(
        """
        UPDATE plain_records SET
            account = (SELECT log.account FROM log WHERE log.id = plain_records.told),
            recorded = (SELECT log.recorded FROM log WHERE log.id = plain_records.told)
        """
    )
    op.create_table(
        "record_versions",
        sa.Column("record", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("told", sa.String(36), nullable=False),
        sa.Column("recorded_by", sa.String(60), nullable=False, server_default="association"),
        sa.Column("account", sa.String(64)),
        sa.Column("recorded", sa.String(27)),
        sa.PrimaryKeyConstraint("record", "number", name="pk_record_versions"),
    )
    op.create_index("ix_record_versions_told", "record_versions", ["told"])


def drop_corrections() -> None:
    """Back to records that are never corrected; what they said before is lost."""
    op.drop_table("record_versions")
    for name in ("withdrawal", "withdrawn_by", "recorded", "account", "number"):
        op.drop_column("plain_records", name)

"""Records for the supervisors, and leaders."""

import sqlalchemy as sa
from alembic import op

revision = "membership_0003"
down_revision = "membership_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "records",
        sa.Column("event", sa.String(36), nullable=False),
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("type", sa.String(80), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("withdrawn_on", sa.Date),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("event", name="pk_records"),
        sa.ForeignKeyConstraint(["society"], ["societies.code"], name="fk_records_society_societies"),
    )
    op.create_index("ix_records_society_type_key", "records", ["society", "type", "key"])
    op.create_table(
        "leaders",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("post", sa.String(20), nullable=False),
        sa.Column("born_on", sa.Date, nullable=False),
        sa.Column("elected_on", sa.Date, nullable=False),
        sa.Column("left_on", sa.Date),
        sa.Column("warned", sa.Boolean, nullable=False),
        sa.Column("reached", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_leaders"),
        sa.ForeignKeyConstraint(["society"], ["societies.code"], name="fk_leaders_society_societies"),
    )
    op.create_index("ix_leaders_born_on", "leaders", ["born_on"])


def downgrade() -> None:
    for table in ("leaders", "records"):
        op.drop_table(table)

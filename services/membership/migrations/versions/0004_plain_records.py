"""Plain records."""

import sqlalchemy as sa
from alembic import op

revision = "membership_0004"
down_revision = "membership_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plain_records",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("told", sa.String(36), nullable=False),
        sa.Column("withdrawn_on", sa.Date),
        sa.Column("reason", sa.String(500)),
        sa.PrimaryKeyConstraint("id", name="pk_plain_records"),
    )
    op.create_index("ix_plain_records_society_kind", "plain_records", ["society", "kind", "id"])


def downgrade() -> None:
    op.drop_table("plain_records")

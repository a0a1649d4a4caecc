"""What reviews recorded of a society."""

import sqlalchemy as sa
from alembic import op

revision = "membership_0002"
down_revision = "membership_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credit_entries",
        sa.Column("event", sa.String(36), nullable=False),
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("review", sa.String(40), nullable=False),
        sa.Column("value", sa.String(60), nullable=False),
        sa.Column("as_of", sa.Date),
        sa.Column("recorded_on", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.PrimaryKeyConstraint("event", name="pk_credit_entries"),
    )
    op.create_index("ix_credit_entries_society", "credit_entries", ["society"])


def downgrade() -> None:
    op.drop_table("credit_entries")

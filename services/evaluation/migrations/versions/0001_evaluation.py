"""Facts, policies, live ratings."""

import sqlalchemy as sa
from alembic import op

revision = "evaluation_0001"
down_revision = None
branch_labels = ("evaluation",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "facts",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("type", sa.String(80), nullable=False),
        sa.Column("time", sa.String(27), nullable=False),
        sa.Column("recorded", sa.String(27), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_facts"),
    )
    op.create_index("ix_facts_subject_type", "facts", ["subject", "type"])
    op.create_table(
        "policies",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("hash", sa.String(80), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("filed", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name="pk_policies"),
    )
    op.create_table(
        "ratings",
        sa.Column("society", sa.String(80), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("announced", sa.Text),
        sa.Column("rank_at_turn", sa.Integer),
        sa.PrimaryKeyConstraint("society", name="pk_ratings"),
    )


def downgrade() -> None:
    for table in ("ratings", "policies", "facts"):
        op.drop_table(table)

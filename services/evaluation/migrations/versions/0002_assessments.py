"""What assessors judged."""

import sqlalchemy as sa
from alembic import op

revision = "evaluation_0002"
down_revision = "evaluation_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessments",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("society", sa.String(80), nullable=False),
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("assessor", sa.String(36), nullable=False),
        sa.Column("assessed_on", sa.Date, nullable=False),
        sa.Column("number", sa.String(40)),
        sa.Column("word", sa.String(40)),
        sa.Column("holds", sa.Boolean),
        sa.Column("answer", sa.String(80)),
        sa.Column("concerns", sa.String(36)),
        sa.Column("event", sa.String(36), nullable=False),
        sa.Column("withdrawn_on", sa.Date),
        sa.Column("reason", sa.String(500)),
        sa.PrimaryKeyConstraint("id", name="pk_assessments"),
    )
    op.create_index("ix_assessments_society_id", "assessments", ["society", "id"])


def downgrade() -> None:
    op.drop_table("assessments")

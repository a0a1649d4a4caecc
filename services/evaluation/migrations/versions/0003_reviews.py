"""Reviews: their steps, and what stays out of their events."""

import sqlalchemy as sa
from alembic import op

revision = "evaluation_0003"
down_revision = "evaluation_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reviews", sa.Column("id", sa.String(40), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_reviews")
    )
    op.create_table(
        "review_steps",
        sa.Column("review", sa.String(40), nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("event", sa.String(36), nullable=False),
        sa.Column("type", sa.String(80), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("time", sa.String(27), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("review", "step", name="pk_review_steps"),
    )
    op.create_table(
        "objection_texts",
        sa.Column("objection", sa.String(36), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("objection", name="pk_objection_texts"),
    )
    op.create_table(
        "panel_posts",
        sa.Column("review", sa.String(40), nullable=False),
        sa.Column("member", sa.String(10), nullable=False),
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("left_on", sa.Date),
        sa.PrimaryKeyConstraint("review", "member", "society", name="pk_panel_posts"),
    )
    op.create_table(
        "review_results",
        sa.Column("review", sa.String(40), nullable=False),
        sa.Column("hash", sa.String(71), nullable=False),
        sa.Column("rows", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("review", "hash", name="pk_review_results"),
    )


def downgrade() -> None:
    for table in ("review_results", "panel_posts", "objection_texts", "review_steps", "reviews"):
        op.drop_table(table)

"""What was told of duties."""

import sqlalchemy as sa
from alembic import op

revision = "evaluation_0004"
down_revision = "evaluation_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announced_duties",
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("clock", sa.String(60), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("due", sa.Integer, nullable=False),
        sa.Column("breach", sa.String(36), nullable=False),
        sa.Column("fulfilled", sa.Integer),
        sa.Column("cure", sa.String(36)),
        sa.PrimaryKeyConstraint("society", "clock", "key", name="pk_announced_duties"),
    )


def downgrade() -> None:
    op.drop_table("announced_duties")

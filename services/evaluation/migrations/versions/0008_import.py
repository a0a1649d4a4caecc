"""Which account has which seat on the panel of a review."""

import sqlalchemy as sa
from alembic import op

revision = "evaluation_0008"
down_revision = "evaluation_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "panel_accounts",
        sa.Column("review", sa.String(40), nullable=False),
        sa.Column("member", sa.String(10), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("review", "member", name="pk_panel_accounts"),
        sa.UniqueConstraint("review", "account", name="uq_panel_accounts_review"),
    )


def downgrade() -> None:
    op.drop_table("panel_accounts")

"""What each subject has used up of what it may do in a day."""

import sqlalchemy as sa
from alembic import op

revision = "chassis_0004_out"
down_revision = "chassis_0003_speaker"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quotas",
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("used", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("subject", "kind", "day", name="pk_quotas"),
    )


def downgrade() -> None:
    op.drop_table("quotas")

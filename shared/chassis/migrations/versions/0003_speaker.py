"""Who caused a row of the log, in which role, and whether it was imported; of older rows nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "chassis_0003_speaker"
down_revision = "chassis_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("log", sa.Column("account", sa.String(64)))
    op.add_column("log", sa.Column("role", sa.Text))
    op.add_column("log", sa.Column("imported", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for column in ("imported", "role", "account"):
        op.drop_column("log", column)

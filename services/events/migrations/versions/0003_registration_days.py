"""The day on which each society was registered; of those known before it is told again by a rebuild."""

import sqlalchemy as sa
from alembic import op

revision = "events_0003"
down_revision = "events_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("societies", sa.Column("registered_on", sa.Date))


def downgrade() -> None:
    op.drop_column("societies", "registered_on")

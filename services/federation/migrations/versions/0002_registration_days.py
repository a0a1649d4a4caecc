"""The day on which each society was registered; of those known before it is told again by a rebuild."""

import sqlalchemy as sa
from alembic import op

revision = "federation_0002"
down_revision = "federation_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("societies", sa.Column("registered_on", sa.Date))


def downgrade() -> None:
    op.drop_column("societies", "registered_on")

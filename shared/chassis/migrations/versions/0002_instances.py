"""Which instances of a listener are alive."""

import sqlalchemy as sa
from alembic import op

revision = "chassis_0002"
down_revision = "chassis_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instances",
        sa.Column("listener", sa.String(40), nullable=False),
        sa.Column("instance", sa.String(36), nullable=False),
        sa.Column("expires", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("listener", "instance", name="pk_instances"),
    )


def downgrade() -> None:
    op.drop_table("instances")

"""What exactly is wrong with a dead letter; that it was closed, by whom and why."""

import sqlalchemy as sa
from alembic import op

revision = "chassis_0005_states"
down_revision = "chassis_0004_out"
branch_labels = None
depends_on = None

_ADDED = (("faults", sa.Text()), ("closed", sa.String(27)), ("closed_by", sa.String(64)), ("reason", sa.Text()))


def upgrade() -> None:
    for name, kind in _ADDED:
        op.add_column("dead_letters", sa.Column(name, kind))


def downgrade() -> None:
    for name, _ in reversed(_ADDED):
        op.drop_column("dead_letters", name)

"""What records said before they were corrected, and who withdrew them."""

from records.migrations import add_corrections, drop_corrections

revision = "events_0005"
down_revision = "events_0004"
branch_labels = None
depends_on = "chassis_0003_speaker"


def upgrade() -> None:
    add_corrections()


def downgrade() -> None:
    drop_corrections()

"""What records said before they were corrected, and who withdrew them."""

from records.migrations import add_corrections, drop_corrections

revision = "membership_0006"
down_revision = "membership_0005"
branch_labels = None
depends_on = "chassis_0003_speaker"


def upgrade() -> None:
    add_corrections()


def downgrade() -> None:
    drop_corrections()

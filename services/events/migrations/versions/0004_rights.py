"""Who recorded: of what is here already the association, so that nobody withdraws what may not be theirs.

Activities are looked for by their day, and issues named by their event.
"""

import sqlalchemy as sa
from alembic import op

revision = "events_0004"
down_revision = "events_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("plain_records", "activities"):
        op.add_column(table, sa.Column("recorded_by", sa.String(60), nullable=False, server_default="association"))
    op.add_column("journals", sa.Column("certified_reason", sa.String(500)))
    op.add_column("issues", sa.Column("event", sa.String(36)))
    op.create_index("ix_activities_starts_on", "activities", ["starts_on"])
    op.create_index("ix_activities_held_on", "activities", ["held_on"])


def downgrade() -> None:
    op.drop_index("ix_activities_held_on", "activities")
    op.drop_index("ix_activities_starts_on", "activities")
    op.drop_column("issues", "event")
    op.drop_column("journals", "certified_reason")
    for table in ("plain_records", "activities"):
        op.drop_column(table, "recorded_by")

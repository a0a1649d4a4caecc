"""Who recorded an assessment: of those that are here already the association."""

import sqlalchemy as sa
from alembic import op

revision = "evaluation_0007"
down_revision = "evaluation_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assessments", sa.Column("recorded_by", sa.String(60), nullable=False, server_default="association"))


def downgrade() -> None:
    op.drop_column("assessments", "recorded_by")

"""Who recorded: of what is here already the association, so that nobody withdraws what may not be theirs.

A leader whose election was withdrawn leads no longer, and a change is recorded once.
"""

import sqlalchemy as sa
from alembic import op

revision = "membership_0005"
down_revision = "membership_0004"
branch_labels = None
depends_on = None

_TABLES = ("plain_records", "records", "meetings", "secretariats")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("recorded_by", sa.String(60), nullable=False, server_default="association"))
    op.add_column("societies", sa.Column("certified_reason", sa.Text))
    op.add_column("records", sa.Column("alike", sa.String(80)))
    op.add_column("leaders", sa.Column("term_number", sa.Integer))
    op.add_column("leaders", sa.Column("withdrawn_on", sa.Date))
    op.execute(
        """
        UPDATE leaders SET withdrawn_on = (
            SELECT records.withdrawn_on FROM records
            WHERE records.type = 'membership.leader-elected.v1' AND records.key = leaders.id
        )
        """
    )


def downgrade() -> None:
    op.drop_column("leaders", "withdrawn_on")
    op.drop_column("leaders", "term_number")
    op.drop_column("records", "alike")
    op.drop_column("societies", "certified_reason")
    for table in _TABLES:
        op.drop_column(table, "recorded_by")

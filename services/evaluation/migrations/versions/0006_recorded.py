"""When a step of a review, a judgement and its withdrawal were recorded."""

import sqlalchemy as sa
from alembic import op

revision = "evaluation_0006"
down_revision = "evaluation_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("review_steps") as table:
        table.add_column(sa.Column("recorded", sa.String(27)))
    op.execute(
        "UPDATE review_steps SET recorded = "
        "COALESCE((SELECT facts.recorded FROM facts WHERE facts.id = review_steps.event), time)"
    )
    with op.batch_alter_table("review_steps") as table:
        table.alter_column("recorded", nullable=False, existing_type=sa.String(27))
    with op.batch_alter_table("assessments") as table:
        table.add_column(sa.Column("recorded", sa.String(27)))
        table.add_column(sa.Column("withdrawal_recorded", sa.String(27)))
    # What evaluation has not heard of itself counts from the end of the day that it names.
    op.execute(
        "UPDATE assessments SET "
        "recorded = COALESCE((SELECT facts.recorded FROM facts WHERE facts.id = assessments.event), "
        "CAST(assessed_on AS VARCHAR(10)) || 'T15:59:59.999999Z'), "
        "withdrawal_recorded = CAST(withdrawn_on AS VARCHAR(10)) || 'T15:59:59.999999Z'"
    )
    with op.batch_alter_table("assessments") as table:
        table.alter_column("recorded", nullable=False, existing_type=sa.String(27))


def downgrade() -> None:
    with op.batch_alter_table("assessments") as table:
        table.drop_column("withdrawal_recorded")
        table.drop_column("recorded")
    with op.batch_alter_table("review_steps") as table:
        table.drop_column("recorded")

"""Societies known, activities and their organisers, journals and their issues."""

import sqlalchemy as sa
from alembic import op

revision = "events_0001"
down_revision = None
branch_labels = ("events",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "societies",
        sa.Column("code", sa.String(5), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_societies"),
    )
    op.create_table(
        "activities",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("held_on", sa.Date),
        sa.Column("attendance", sa.Integer),
        sa.Column("papers", sa.Integer),
        sa.Column("closed_on", sa.Date),
        sa.Column("reason", sa.String(500)),
        sa.PrimaryKeyConstraint("id", name="pk_activities"),
    )
    op.create_table(
        "organisers",
        sa.Column("activity", sa.String(36), nullable=False),
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("held_event", sa.String(36)),
        sa.PrimaryKeyConstraint("activity", "society", name="pk_organisers"),
        sa.ForeignKeyConstraint(["activity"], ["activities.id"], name="fk_organisers_activity_activities"),
    )
    op.create_index("ix_organisers_society", "organisers", ["society", "activity"])
    op.create_table(
        "journals",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("issn", sa.String(9), nullable=False),
        sa.Column("cn", sa.String(20), nullable=False),
        sa.Column("cn_number", sa.String(7), nullable=False),
        sa.Column("registered_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journals"),
        sa.UniqueConstraint("issn", name="uq_journals_issn"),
        sa.UniqueConstraint("cn_number", name="uq_journals_cn_number"),
    )
    op.create_index("ix_journals_society", "journals", ["society", "id"])
    op.create_table(
        "issues",
        sa.Column("journal", sa.String(36), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("published_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("journal", "year", "number", name="pk_issues"),
        sa.ForeignKeyConstraint(["journal"], ["journals.id"], name="fk_issues_journal_journals"),
    )


def downgrade() -> None:
    for table in ("issues", "journals", "organisers", "activities", "societies"):
        op.drop_table(table)

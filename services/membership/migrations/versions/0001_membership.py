"""The first tables of membership."""

import sqlalchemy as sa
from alembic import op

revision = "membership_0001"
down_revision = None
branch_labels = ("membership",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "societies",
        sa.Column("code", sa.String(5), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("credit_code", sa.String(18), nullable=False),
        sa.Column("discipline", sa.String(20), nullable=False),
        sa.Column("registered_on", sa.Date, nullable=False),
        sa.Column("event", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_societies"),
        sa.UniqueConstraint("credit_code", name="uq_societies_credit_code"),
    )
    op.create_table(
        "members",
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("number", sa.String(40)),
        sa.Column("admitted_on", sa.Date, nullable=False),
        sa.Column("ended_on", sa.Date),
        sa.Column("reason", sa.String(20)),
        sa.PrimaryKeyConstraint("society", "id", name="pk_members"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ux_members_society_number",
        "members",
        ["society", "number"],
        unique=True,
        sqlite_where=sa.text("number IS NOT NULL"),
        postgresql_where=sa.text("number IS NOT NULL"),
    )
    op.create_table(
        "elections",
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("organ", sa.String(20), nullable=False),
        sa.Column("elected_on", sa.Date, nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("front_line", sa.Integer, nullable=False),
        sa.Column("young", sa.Integer, nullable=False),
        sa.Column("term_ends_on", sa.Date, nullable=False),
        sa.Column("event", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("society", "organ", "elected_on", name="pk_elections"),
        sa.ForeignKeyConstraint(["society"], ["societies.code"], name="fk_elections_society_societies"),
    )
    op.create_table(
        "party_organisations",
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("established_on", sa.Date, nullable=False),
        sa.Column("event", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("society", "form", "established_on", name="pk_party_organisations"),
        sa.ForeignKeyConstraint(["society"], ["societies.code"], name="fk_party_organisations_society_societies"),
    )
    op.create_table(
        "secretariats",
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("full_time_staff", sa.Integer, nullable=False),
        sa.Column("hired_secretary_general", sa.Boolean, nullable=False),
        sa.Column("own_office", sa.Boolean, nullable=False),
        sa.Column("recorded_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("society", name="pk_secretariats"),
        sa.ForeignKeyConstraint(["society"], ["societies.code"], name="fk_secretariats_society_societies"),
    )
    op.create_table(
        "meetings",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("organ", sa.String(20), nullable=False),
        sa.Column("entitled", sa.Integer, nullable=False),
        sa.Column("present", sa.Integer, nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("withdrawn_on", sa.Date),
        sa.Column("reason", sa.Text),
        sa.Column("event", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
        sa.ForeignKeyConstraint(["society"], ["societies.code"], name="fk_meetings_society_societies"),
    )
    op.create_table(
        "regulations",
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("regulation", sa.String(30), nullable=False),
        sa.Column("adopted_on", sa.Date, nullable=False),
        sa.Column("event", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("society", "regulation", "adopted_on", name="pk_regulations"),
        sa.ForeignKeyConstraint(["society"], ["societies.code"], name="fk_regulations_society_societies"),
    )
    op.create_table(
        "branches",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("filed_on", sa.Date, nullable=False),
        sa.Column("event", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_branches"),
        sa.ForeignKeyConstraint(["society"], ["societies.code"], name="fk_branches_society_societies"),
        sa.UniqueConstraint("society", "name", name="uq_branches_society"),
    )


def downgrade() -> None:
    for table in (
        "branches",
        "regulations",
        "meetings",
        "secretariats",
        "party_organisations",
        "elections",
        "members",
        "societies",
    ):
        op.drop_table(table)

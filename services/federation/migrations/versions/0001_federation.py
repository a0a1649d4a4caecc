"""Societies known, federations and their memberships, joint activities and their partners."""

import sqlalchemy as sa
from alembic import op

revision = "federation_0001"
down_revision = None
branch_labels = ("federation",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "societies",
        sa.Column("code", sa.String(5), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_societies"),
    )
    op.create_table(
        "federations",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("founded_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_federations"),
    )
    op.create_table(
        "memberships",
        sa.Column("federation", sa.String(40), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("founder", sa.Boolean, nullable=False),
        sa.Column("admitted_on", sa.Date, nullable=False),
        sa.Column("released_on", sa.Date),
        sa.Column("reason", sa.String(20)),
        sa.PrimaryKeyConstraint("federation", "place", name="pk_memberships"),
        sa.ForeignKeyConstraint(["federation"], ["federations.id"], name="fk_memberships_federation_federations"),
    )
    op.create_index("ix_memberships_society", "memberships", ["society", "federation"])
    op.create_table(
        "joint_activities",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("federation", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("lead", sa.String(5), nullable=False),
        sa.Column("attendance", sa.Integer, nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_joint_activities"),
        sa.ForeignKeyConstraint(["federation"], ["federations.id"], name="fk_joint_activities_federation_federations"),
    )
    op.create_index("ix_joint_activities_federation", "joint_activities", ["federation", "id"])
    op.create_table(
        "partners",
        sa.Column("activity", sa.String(36), nullable=False),
        sa.Column("society", sa.String(5), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("activity", "society", name="pk_partners"),
        sa.ForeignKeyConstraint(["activity"], ["joint_activities.id"], name="fk_partners_activity_joint_activities"),
    )


def downgrade() -> None:
    for table in ("partners", "joint_activities", "memberships", "federations", "societies"):
        op.drop_table(table)

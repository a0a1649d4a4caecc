"""Facts in the order in which they were kept, by partition; announcements in a table of their own."""

import sqlalchemy as sa
from alembic import op

revision = "evaluation_0005"
down_revision = "evaluation_0004"
branch_labels = None
depends_on = None


def what_is_told() -> list[sa.Column[str]]:
    return [
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("type", sa.String(80), nullable=False),
        sa.Column("time", sa.String(27), nullable=False),
        sa.Column("recorded", sa.String(27), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    ]


def upgrade() -> None:
    op.rename_table("facts", "facts_before")
    op.drop_index("ix_facts_subject_type", "facts_before")
    with op.batch_alter_table("facts_before") as table:
        table.drop_constraint("pk_facts", type_="primary")
    op.create_table(
        "facts",
        sa.Column("partition", sa.Integer, nullable=False),
        sa.Column("ordinal", sa.BigInteger, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        *what_is_told(),
        sa.PrimaryKeyConstraint("partition", "ordinal", name="pk_facts"),
        sa.UniqueConstraint("id", name="uq_facts_id"),
    )
    op.create_index("ix_facts_subject", "facts", ["subject"])
    # All in the first partition, whichever they belong to: what matters is that the order within one goes on.
    op.execute(
        "INSERT INTO facts (partition, ordinal, id, subject, type, time, recorded, data) "
        "SELECT 0, row_number() OVER (ORDER BY id), id, subject, type, time, recorded, data FROM facts_before"
    )
    op.drop_table("facts_before")
    op.create_table(
        "announcements",
        sa.Column("society", sa.String(80), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("society", name="pk_announcements"),
    )
    op.execute(
        "INSERT INTO announcements (society, document, rank) "
        "SELECT society, announced, rank_at_turn FROM ratings WHERE announced IS NOT NULL AND rank_at_turn IS NOT NULL"
    )
    with op.batch_alter_table("ratings") as table:
        table.drop_column("announced")
        table.drop_column("rank_at_turn")


def downgrade() -> None:
    with op.batch_alter_table("ratings") as table:
        table.add_column(sa.Column("announced", sa.Text))
        table.add_column(sa.Column("rank_at_turn", sa.Integer))
    op.execute(
        "UPDATE ratings SET announced = (SELECT document FROM announcements a WHERE a.society = ratings.society), "
        "rank_at_turn = (SELECT rank FROM announcements a WHERE a.society = ratings.society)"
    )
    op.drop_table("announcements")
    op.rename_table("facts", "facts_after")
    op.drop_index("ix_facts_subject", "facts_after")
    with op.batch_alter_table("facts_after") as table:
        table.drop_constraint("pk_facts", type_="primary")
    op.create_table(
        "facts",
        sa.Column("id", sa.String(36), nullable=False),
        *what_is_told(),
        sa.PrimaryKeyConstraint("id", name="pk_facts"),
    )
    op.create_index("ix_facts_subject_type", "facts", ["subject", "type"])
    op.execute(
        "INSERT INTO facts (id, subject, type, time, recorded, data) "
        "SELECT id, subject, type, time, recorded, data FROM facts_after"
    )
    op.drop_table("facts_after")

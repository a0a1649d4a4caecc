"""Which account has which seat on the panel of a review: the one that acted for it first."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.event import PanelMemberId, ReviewId
from services.evaluation.store.tables import panel_accounts


async def taken(
    conn: AsyncConnection, review: ReviewId, member: PanelMemberId, account: str
) -> list[tuple[PanelMemberId, str]]:
    """The seats and accounts of a review that a seat or an account is part of."""
    table = panel_accounts.c
    either = (table.member == member) | (table.account == account)
    found = await conn.execute(select(table.member, table.account).where(table.review == review, either))
    return [(seat, who) for seat, who in found.all()]


async def take(conn: AsyncConnection, review: ReviewId, member: PanelMemberId, account: str) -> None:
    """Keeps that a seat is an account's; once is enough."""
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    row = {"review": review, "member": member, "account": account}
    await conn.execute(insert(panel_accounts).values(row).on_conflict_do_nothing())

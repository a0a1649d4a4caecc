"""The policies that were filed."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.evaluation.domain import Policy
from services.evaluation.moment import NOW, Moment
from services.evaluation.store.tables import policies


async def file_policy(conn: AsyncConnection, policy: Policy, filed: str) -> str | None:
    """Files a policy's text; returns the hash already filed under its id and version if that is another text."""
    known = await conn.scalar(
        select(policies.c.hash).where(policies.c.id == policy.id, policies.c.version == policy.version)
    )
    if known is None:
        await conn.execute(
            policies.insert().values(
                id=policy.id, version=policy.version, hash=policy.hash, text=policy.text, filed=filed
            )
        )
    return known if known != policy.hash else None


async def policy_texts(conn: AsyncConnection, moment: Moment = NOW) -> list[tuple[str, str]]:
    """The texts of the policies filed by then, in the order of their filing, each with the instant of it."""
    rows = await conn.execute(select(policies.c.text, policies.c.filed).order_by(policies.c.filed, policies.c.id))
    return [(row.text, row.filed) for row in rows if moment.reached(row.filed, row.filed)]

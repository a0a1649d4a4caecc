"""The policies that were filed."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.evaluation.domain import Policy
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


async def policy_texts(conn: AsyncConnection) -> list[tuple[str, str]]:
    """The texts of all filed policies, each with the instant at which it was filed."""
    found = select(policies.c.text, policies.c.filed).order_by(policies.c.id, policies.c.version)
    return [(text, filed) for text, filed in await conn.execute(found)]

"""What a subject may do so many times a day: counted in the transaction that does it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.language import N_, Phrase
from chassis.refusals import Refusal
from chassis.tables import quotas
from chassis.work import Work

_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class DayFull(Refusal):
    """It would be more than the deployment allows in a day."""

    slug = "day-full"
    status = 429
    title = N_("Too many for one day")
    detail = N_("{what}: {most} a day are taken of {value}, and {left} are left today. Go on tomorrow.")


async def take(work: Work, field: str, subject: str, what: Phrase, *, kind: str, count: int, most: int) -> None:
    """Counts what a subject does today; whatever comes of it comes of it together with the work.

    `field` is where the request names the subject, `what` is counted under the name `kind`.

    Raises:
        DayFull: it would be more than `most`.
    """
    day = work.today()
    counted = _INSERT[work.conn.dialect.name](quotas).values(subject=subject, kind=kind, day=day, used=count)
    # The row is held until the work is done: who does more of it meanwhile waits here.
    await work.conn.execute(
        counted.on_conflict_do_update(
            index_elements=["subject", "kind", "day"], set_={"used": quotas.c.used + counted.excluded.used}
        )
    )
    here = (quotas.c.subject == subject) & (quotas.c.kind == kind) & (quotas.c.day == day)
    used = int(await work.conn.scalar(select(quotas.c.used).where(here)) or 0)
    if used > most:
        raise DayFull(field=field, value=subject, what=what, most=most, left=max(0, most - used + count))


async def forget(conn: AsyncConnection, before: date) -> int:
    """Forgets the days before one; returns how many counts that were."""
    return (await conn.execute(delete(quotas).where(quotas.c.day < before))).rowcount

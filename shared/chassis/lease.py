"""One live listener per service and partition: a lease with a fencing epoch. Rule 6 of the design."""

from sqlalchemy import Float, bindparam, func, insert, literal_column, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from chassis.tables import leases


class Fenced(Exception):  # noqa: N818 - a state of affairs, as the literature names it
    """Another instance holds the partition by now: nothing of this transaction may be kept."""


PRESENT: dict[str, ColumnElement[float]] = {
    "postgresql": func.extract("epoch", func.clock_timestamp()).cast(Float(53)),
    "sqlite": literal_column("(julianday('now') - 2440587.5) * 86400.0", Float(53)),
}
"""The database's own time in seconds, by dialect: instances need not agree on theirs."""
_HELD = (
    (leases.c.listener == bindparam("of_listener"))
    & (leases.c.partition == bindparam("of_partition"))
    & (leases.c.epoch == bindparam("of_epoch"))
)
_RENEW = {
    dialect: update(leases).where(_HELD).values(expires=present + bindparam("seconds", type_=Float(53)))
    for dialect, present in PRESENT.items()
}


async def acquire(conn: AsyncConnection, listener: str, partition: int, holder: str, seconds: float) -> int | None:
    """Takes a free or expired lease; returns its new epoch, or None while another instance holds it.

    One that ends later than any holder would have asked for was taken before the clock was set back: it is free, too.
    """
    present = PRESENT[conn.dialect.name]
    over = ~leases.c.expires.between(present, present + 2 * seconds)
    mine = (leases.c.listener == listener) & (leases.c.partition == partition)
    taken = await conn.execute(
        update(leases)
        .where(mine, over | (leases.c.holder == holder))
        .values(holder=holder, epoch=leases.c.epoch + 1, expires=present + seconds)
    )
    if taken.rowcount:
        return int(await conn.scalar(select(leases.c.epoch).where(mine)) or 0)
    if await conn.scalar(select(leases.c.epoch).where(mine)) is not None:
        return None
    try:
        async with conn.begin_nested():
            await conn.execute(
                insert(leases).values(
                    listener=listener, partition=partition, holder=holder, epoch=1, expires=present + seconds
                )
            )
    except IntegrityError:
        return None
    return 1


async def epochs(conn: AsyncConnection, listener: str) -> dict[int, int]:
    """The epoch of each partition of a listener: it grows whenever one changes hands."""
    found = await conn.execute(select(leases.c.partition, leases.c.epoch).where(leases.c.listener == listener))
    return dict(found.all())


async def seize(conn: AsyncConnection, listener: str, partition: int, holder: str, seconds: float) -> int:
    """Takes a lease whoever holds it, and fences that holder off; returns the new epoch.

    Raises:
        Fenced: another instance was quicker.
    """
    mine = (leases.c.listener == listener) & (leases.c.partition == partition)
    await conn.execute(update(leases).where(mine).values(expires=0.0))
    epoch = await acquire(conn, listener, partition, holder, seconds)
    if epoch is None:
        raise Fenced
    return epoch


async def confirm(conn: AsyncConnection, listener: str, partition: int, epoch: int, seconds: float) -> None:
    """Renews the lease inside the transaction it protects.

    Raises:
        Fenced: the epoch is over; a takeover that is not yet committed waits for this transaction, or this one for it.
    """
    held = {"of_listener": listener, "of_partition": partition, "of_epoch": epoch, "seconds": seconds}
    kept = await conn.execute(_RENEW[conn.dialect.name], held)
    if not kept.rowcount:
        raise Fenced


async def release(conn: AsyncConnection, listener: str, partition: int, epoch: int) -> None:
    """Gives the lease back, so that a standby need not wait for it to expire."""
    await conn.execute(
        update(leases)
        .where(leases.c.listener == listener, leases.c.partition == partition, leases.c.epoch == epoch)
        .values(expires=0.0)
    )

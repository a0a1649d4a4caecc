"""How far a listener has come in each speaker's log: stored in the transaction of what it made of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.tables import positions


@dataclass(frozen=True, slots=True)
class Place:
    """The last position applied, and the id of the event there; (0, "") before anything was heard."""

    position: int = 0
    event: str = ""


def _saving(insert: Callable[[Table], Any]) -> Executable:
    statement = insert(positions)
    moved: Executable = statement.on_conflict_do_update(
        index_elements=["listener", "speaker", "partition"],
        set_={"position": statement.excluded.position, "event": statement.excluded.event},
    )
    return moved


# Built once: making a statement and finding its compiled form costs more than running it.
_SAVE = {"sqlite": _saving(sqlite.insert), "postgresql": _saving(postgresql.insert)}


async def load(conn: AsyncConnection, listener: str, partition: int) -> dict[str, Place]:
    """The places of one listener in one partition, by speaker."""
    found = await conn.execute(
        select(positions.c.speaker, positions.c.position, positions.c.event).where(
            positions.c.listener == listener, positions.c.partition == partition
        )
    )
    return {speaker: Place(position, event) for speaker, position, event in found.all()}


async def save(conn: AsyncConnection, listener: str, speaker: str, partition: int, place: Place) -> None:
    """Moves to a place."""
    await conn.execute(
        _SAVE[conn.dialect.name],
        {
            "listener": listener,
            "speaker": speaker,
            "partition": partition,
            "position": place.position,
            "event": place.event,
        },
    )


async def everything(conn: AsyncConnection) -> dict[str, int]:
    """All positions as `speaker/partition`: how much of the world this database reflects."""
    found = await conn.execute(
        select(positions.c.speaker, positions.c.partition, positions.c.position).order_by(
            positions.c.speaker, positions.c.partition
        )
    )
    return {f"{speaker}/{partition}": position for speaker, partition, position in found.all()}

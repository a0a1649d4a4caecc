"""Every fact in memory, by society: for questions about other days, policies and states of knowledge."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from itertools import islice

from chassis.database import Database
from services.evaluation import store
from services.evaluation.domain import Fact

_SOCIETIES_AT_ONCE = 20


class Archive:
    """The facts as they are kept, read once when somebody first asks and added to as batches commit.

    A fact takes about a kilobyte of memory. Beyond `limit` facts nothing is held, and every question reads them from
    the database, a few societies at a time.
    """

    def __init__(self, db: Database, limit: int) -> None:
        self._db = db
        self.limit = limit
        self._held: dict[str, dict[str, Fact]] | None = None
        self._waiting: list[Fact] | None = None
        self._opening = asyncio.Lock()
        self.too_many = False
        self.version = 0
        """Grows with every fact that is noted."""

    def note(self, facts: Sequence[Fact]) -> None:
        """Takes in what was just committed; before the first question there is nothing to add to."""
        self.version += len(facts)
        if self._waiting is not None:
            self._waiting += facts
        elif self._held is not None:
            self._add(facts)

    def forget(self) -> None:
        """Gives everything up: who takes a seat reads from the database what others may have kept meanwhile."""
        self._held = None
        self.too_many = False
        self.version += 1

    def held(self, subject: str) -> list[Fact] | None:
        """The facts of a subject that are in memory; None where none are held at all."""
        return None if self._held is None else list(self._held.get(subject, {}).values())

    async def everything(self) -> list[Fact]:
        """All facts, from the database."""
        async with self._db.reading() as conn:
            return await store.facts_of(conn)

    async def each(self, only: Iterable[str] | None = None) -> AsyncIterator[tuple[str, list[Fact]]]:
        """Every subject with its complete facts as they are at the first step; others get a turn between them."""
        if not await self._open():
            async for found in self._from_database(only):
                yield found
            return
        held = self._held or {}
        wanted = held.keys() if only is None else held.keys() & set(only)
        sizes = {subject: len(held[subject]) for subject in sorted(wanted)}
        for subject, size in sizes.items():
            yield subject, list(islice(held[subject].values(), size))
            await asyncio.sleep(0)

    async def _open(self) -> bool:
        """Whether the facts are held, after reading them if nobody has."""
        async with self._opening:
            if self._held is not None or self.too_many:
                return self._held is not None
            # What is committed from here on is noted; the snapshot is taken later, so nothing falls between.
            self._waiting = []
            try:
                async with self._db.reading() as conn:
                    self.too_many = await store.count_facts(conn) > self.limit
                    facts = [] if self.too_many else await store.facts_of(conn)
                if not self.too_many:
                    self._held = {}
                    self._add([*facts, *self._waiting])
            finally:
                self._waiting = None
            return self._held is not None

    def _add(self, facts: Iterable[Fact]) -> None:
        held = self._held
        if held is None:
            return
        for fact in facts:
            # By id: what is told twice is held once.
            held.setdefault(fact.subject, {}).setdefault(fact.id, fact)
        if sum(map(len, held.values())) > self.limit:
            self._held, self.too_many = None, True

    async def _from_database(self, only: Iterable[str] | None) -> AsyncIterator[tuple[str, list[Fact]]]:
        async with self._db.reading() as conn:
            subjects = sorted(await store.subjects(conn) if only is None else set(only))
            for start in range(0, len(subjects), _SOCIETIES_AT_ONCE):
                chunk = subjects[start : start + _SOCIETIES_AT_ONCE]
                told: dict[str, list[Fact]] = {subject: [] for subject in chunk}
                for fact in await store.facts_of(conn, chunk):
                    told[fact.subject].append(fact)
                for subject, facts in told.items():
                    yield subject, facts
                    await asyncio.sleep(0)

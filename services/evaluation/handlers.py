"""What evaluation does when others speak, and when it hears its own calendar: keep the fact, move the rating."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import data_check
from chassis.hearing import Partition, Told
from chassis.log import partition_of
from chassis.wire import Heard
from chassis.work import Work
from contracts.calendar import midnight
from contracts.evaluation import DayTurned, PolicyActivated, RatingChanged
from services.evaluation import store
from services.evaluation.announcing import DutyNews, tell_outlooks
from services.evaluation.board import NOT_YET, Board
from services.evaluation.domain import Fact, Policy, Rating, rate_everyone
from services.evaluation.domain.outlook import outlooks
from services.evaluation.filed import in_use, in_use_from, parsed
from services.evaluation.reviewing import desk
from services.evaluation.shipped import DEFAULT, text_of
from services.evaluation.store import Announcement, Mark

SPEAKERS = frozenset({"membership", "events", "federation", "evaluation"})


class LiveRatings:
    """The ear of evaluation. Memory is ahead of the database only inside a transaction, and mended if it fails.

    The board is whole in every instance: what this one does not hold it follows. Each partition is kept by whoever
    holds it; the news of a day is told by whoever holds the calendar's.
    """

    speakers = SPEAKERS

    def __init__(self, partitions: int = 1) -> None:
        self.board = Board(parsed(text_of(DEFAULT)))
        self.on_commit: Callable[[], None] = lambda: None
        self.on_seat: Callable[[], None] = lambda: None
        self.on_facts: Callable[[Sequence[Fact]], None] = lambda _: None
        self._partitions = partitions
        self._marks: dict[int, Mark] = {}
        self._kept: dict[str, Rating] = {}
        self._unsettled: set[int] = set()
        self._mended = 0
        self._announced: dict[str, Announcement] = {}
        self._duty_news = DutyNews()

    @property
    def applied(self) -> int:
        """How many events the board rests on."""
        return sum(mark.facts for mark in self._marks.values())

    def cares(self, batch: Sequence[Heard]) -> bool:
        """Evaluation keeps whatever it hears."""
        return bool(batch)

    def refused(self, batch: Sequence[Heard]) -> list[tuple[Heard, ValueError]]:
        """What is kept is read as it was written, for ever: nothing is that its own class would not read."""
        return data_check.refused(batch)

    async def begin(self, conn: AsyncConnection, partition: Partition) -> None:
        """Makes sure, before the first batch of a partition, that memory has just what the database has."""
        for number in range(self._partitions):
            if number == partition.number or not self.knows(number):
                await self.take_up(conn, number)
        self._kept = {society: one for society, one in self._kept.items() if society not in partition}
        await self._duty_news.begin(conn)

    def knows(self, partition: int) -> bool:
        """Whether a partition was read from the database."""
        return partition in self._marks

    async def take_up(self, conn: AsyncConnection, partition: int) -> None:
        """Follows a partition that may have been rebuilt; it is read anew unless what was seen of it is still there."""
        seen = self._marks.get(partition)
        if seen is not None and seen == await store.mark(conn, partition, seen.last):
            await self.follow(conn, partition)
        else:
            await self._load(conn, Partition(partition, self._partitions))

    async def follow(self, conn: AsyncConnection, partition: int) -> None:
        """Takes in what another instance has kept of a partition since the last time."""
        facts, mark = await store.facts_beyond(conn, partition, self._marks[partition])
        if not facts:
            return
        anew, own = _amended(facts), _own(facts)
        self._fold(facts, await store.facts_of(conn, anew), anew, own)
        types = {fact.type for fact in own}
        if DayTurned.type in types:
            await self._take_day(conn)
        if types & {DayTurned.type, PolicyActivated.type}:
            await self._adopt(conn, await in_use(conn))
            self._unsettled.update(range(self._partitions))
        self._marks[partition] = mark
        self._committed(facts, own)

    async def _load(self, conn: AsyncConnection, partition: Partition) -> None:
        board, policy = self.board, await in_use(conn)
        board.forget([subject for subject in board.societies if subject in partition])
        # Under another policy everybody is folded anew, not this partition alone.
        everybody = partition.of == 1 or policy.hash != board.policy.hash
        subjects = None if everybody else [one for one in await store.subjects(conn) if one in partition]
        facts = await store.facts_of(conn, subjects)
        board.adopt(policy, facts)
        others = {society: one for society, one in board.outlooks.items() if society not in partition}
        board.outlooks = outlooks(facts, others)
        board.forget_told(partition)
        board.note(facts)
        await self._take_day(conn)
        self.on_seat()
        self._marks[partition.number] = await store.mark(conn, partition.number)
        self._tell()

    async def _take_day(self, conn: AsyncConnection) -> None:
        """Takes the day and what was announced when it began from what whoever told them has kept."""
        self.board.day = await store.current_day(conn) or NOT_YET
        self._announced = await store.announced(conn)
        self.board.ranks_at_turn = {society: one.rank for society, one in self._announced.items()}

    async def apply(self, batch: Sequence[Heard], work: Work) -> None:
        """Keeps a batch of a partition and moves the ratings it touches; turns the day, changes the policy if told."""
        partition = Partition(partition_of(batch[0].subject, self._partitions), self._partitions)
        facts = [Fact.of(heard) for heard in batch]
        board = self.board
        await self._mend(work.conn)
        touched, held = {fact.subject for fact in facts}, board.outlooks

        def back() -> None:
            board.doubtful.update(touched)
            board.outlooks = held

        work.after_rollback(back)
        mark = await self._advance(work, partition.number, batch)
        anew, own = _amended(facts), _own(facts)
        async with _meanwhile(store.keep(work.conn, partition.number, mark.last, batch)) as keeping:
            if anew:
                await keeping
            # From here to the end of the loop nothing is awaited without need: it is seen whole.
            self._fold(facts, await store.facts_of(work.conn, anew), anew, own)
        for fact in own:
            if fact.type == PolicyActivated.type:
                await self._change_policy(work, await in_use_from(work.conn, board.begun))
                touched.update(board.societies)
            elif fact.type == DayTurned.type:
                await self._turn(date.fromisoformat(fact.data["day"]), work)
                touched.update(board.societies)
        await self._keep_changed(work, partition, touched | anew)
        await desk.note(batch, work.conn)
        work.after_commit(lambda: self._committed(facts, own))

    def unsettled(self, partition: Partition) -> bool:
        """Whether its ratings have to be kept anew: a day or a policy came from elsewhere, or a batch failed."""
        return partition.number in self._unsettled or any(society in partition for society in self.board.doubtful)

    async def settle(self, work: Work, partition: Partition) -> None:
        """Keeps and tells a partition's ratings as they are on the day and under the policy of now."""
        await self._mend(work.conn)
        await self._keep_changed(work, partition, self.board.societies)
        work.after_commit(lambda: self._unsettled.discard(partition.number))
        work.after_commit(self._tell)

    async def kept(self, conn: AsyncConnection, speaker: str, partition: Partition) -> AbstractSet[str]:
        """The facts told by one speaker, but for those that would not be kept today."""
        told = {id_ for id_, subject in (await store.told_by(conn, speaker)).items() if subject in partition}
        return told - await store.refused_by(conn, speaker)

    async def forget(self, work: Work, told: Told, partition: Partition) -> None:
        """Lets go of facts that nobody tells any more, or nobody should, and rates their societies by what is left."""
        still = frozenset(told.ids) - await store.refused_by(work.conn, told.speaker)
        kept = await store.told_by(work.conn, told.speaker)
        gone = {id_: subject for id_, subject in kept.items() if id_ not in still and subject in partition}
        await store.drop(work.conn, gone)
        subjects = set(gone.values())
        day = await store.current_day(work.conn) or NOT_YET
        left = rate_everyone(await store.facts_of(work.conn, subjects), await in_use(work.conn), day)
        listed = {one.society: one for one in left if one.listed}
        await store.strike(work.conn, subjects - listed.keys())
        await store.keep_ratings(work.conn, listed.values())

    async def _advance(self, work: Work, partition: int, heard: Sequence[Heard]) -> Mark:
        """Moves the mark of a partition on; returns where it was."""
        before = self._marks.get(partition) or await store.mark(work.conn, partition)

        def back() -> None:
            self._marks[partition] = before

        work.after_rollback(back)
        self._marks[partition] = before.then(heard)
        return before

    def _fold(
        self, facts: Sequence[Fact], complete: Iterable[Fact], anew: AbstractSet[str], own: Sequence[Fact]
    ) -> None:
        """Takes facts in; societies in which one amends another are folded anew from their complete facts."""
        board = self.board
        board.fold([fact for fact in facts if fact.subject not in anew] if anew else facts)
        board.refold(complete, anew)
        board.outlooks = outlooks(own, board.outlooks)

    async def _mend(self, conn: AsyncConnection) -> None:
        """Folds anew, once, the societies of which more is in memory than was kept."""
        doubtful = frozenset(self.board.doubtful)
        if doubtful:
            self.board.refold(await store.facts_of(conn, doubtful), doubtful)
            self.board.doubtful -= doubtful
            self._mended += 1

    def _committed(self, facts: Sequence[Fact], own: Sequence[Fact]) -> None:
        self.board.note(own)
        self.on_facts(facts)
        self._tell()

    def _tell(self) -> None:
        """Says that the board is another one now, and gives it a name: the same wherever nothing had to be mended."""
        newest = "".join(self._marks[number].id for number in sorted(self._marks))
        self.board.edition = hashlib.blake2s(f"{newest}{self._mended}".encode(), digest_size=8).hexdigest()
        self.on_commit()

    async def _keep_changed(self, work: Work, partition: Partition, touched: Iterable[str]) -> None:
        """Writes what moved in a partition into the live table; a new day alone moves nothing."""
        ours = [society for society in touched if society in partition]
        changed = {one.society: one for one in self.board.rate(ours) if not one.same_as(self._kept.get(one.society))}
        await store.keep_ratings(work.conn, changed.values())
        work.after_commit(lambda: self._kept.update(changed))

    async def _turn(self, day: date, work: Work) -> None:
        """A new day: announce what changed since the last and what fell due, and rate as of the new day.

        A policy that succeeds the one in use, and is in force from this day on, takes its place.
        """
        board = self.board
        before = board.day
        if day <= before:
            return
        if before != NOT_YET:
            await self._close(before, work)

        def back() -> None:
            board.day = before

        work.after_rollback(back)
        board.day = day
        self._leave_to_others(work)
        await self._change_policy(work, await in_use_from(work.conn, day))
        owed = board.duties()
        await self._duty_news.announce(work, day, owed, (clock.id for clock in board.policy.clocks))

    async def _close(self, day: date, work: Work) -> None:
        board = self.board
        board.settle(board.version)
        told = {}
        for standing in sorted(board.standings, key=lambda one: one.rating.society):
            rating = standing.rating
            document = store.document(rating) | {"policy": board.policy.id, "version": board.policy.version}
            before = self._announced.get(rating.society)
            if before is None or _gist(before.document) != _gist(document):
                work.say(_announcement(rating, document, before, day, board.policy))
                told[rating.society] = Announcement(document, standing.rank)
            else:
                told[rating.society] = Announcement(before.document, standing.rank)
        tell_outlooks(board, day, work)
        await store.announce(work.conn, told)

        def remember() -> None:
            self._announced = told
            board.ranks_at_turn = {society: one.rank for society, one in told.items()}

        work.after_commit(remember)

    async def _change_policy(self, work: Work, policy: Policy) -> None:
        board = self.board
        before = board.policy
        if policy.hash == before.hash:
            return
        complete = await store.facts_of(work.conn)
        board.adopt(policy, complete)
        work.after_rollback(lambda: board.adopt(before, complete))
        self._leave_to_others(work)

    async def _adopt(self, conn: AsyncConnection, policy: Policy) -> None:
        if policy.hash != self.board.policy.hash:
            self.board.adopt(policy, await store.facts_of(conn))

    def _leave_to_others(self, work: Work) -> None:
        """What the day or the policy moves in other partitions is kept by their own holders."""
        if self._partitions > 1:
            work.after_commit(lambda: self._unsettled.update(range(self._partitions)))


@asynccontextmanager
async def _meanwhile(doing: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """Something that goes on while the block is run, and is done when it ends, however it ends."""
    task = asyncio.create_task(doing)
    await asyncio.sleep(0)
    try:
        yield task
    finally:
        await task


def _amended(facts: Iterable[Fact]) -> set[str]:
    """The societies in which one record withdraws or corrects another: they are folded anew from all their facts."""
    return {fact.subject for fact in facts if "withdraws" in fact.data or "corrects" in fact.data}


def _own(facts: Iterable[Fact]) -> list[Fact]:
    """What evaluation itself has said: of days, policies, announcements and reviews. Others only tell of records."""
    return [fact for fact in facts if fact.type.startswith("evaluation.")]


def _gist(document: dict[str, Any]) -> tuple[Any, ...]:
    rated = document["total"], document["max"], document["completeness"], document["grade"]
    return *rated, document.get("policy"), document.get("version")


def _same_policy(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("policy", "version"))


def _announcement(
    rating: Rating, document: dict[str, Any], before: Announcement | None, day: date, policy: Policy
) -> RatingChanged:
    return RatingChanged(
        subject=rating.society,
        happened_at=midnight(day),
        policy=policy.id,
        version=str(policy.version),
        total=document["total"],
        max=document["max"],
        completeness=document["completeness"],
        grade=document["grade"],
        previous_total=before.document["total"] if before and _same_policy(before.document, document) else None,
        as_of=day,
    )

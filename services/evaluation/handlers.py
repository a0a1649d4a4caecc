"""What evaluation does when others speak, and when it hears its own calendar: keep the fact, move the rating."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.wire import Heard
from chassis.work import Work
from contracts.calendar import midnight
from contracts.evaluation import DayTurned, PolicyActivated, RatingChanged
from services.evaluation import store
from services.evaluation.board import NOT_YET, Board
from services.evaluation.domain import Fact, Policy, Rating, load_policy
from services.evaluation.shipped import DEFAULT, text_of

SPEAKERS = frozenset({"membership", "events", "federation", "evaluation"})


class LiveRatings:
    """The ear of evaluation. Memory is ahead of the database only inside a transaction, and mended if it fails."""

    speakers = SPEAKERS

    def __init__(self) -> None:
        self.board = Board(load_policy(text_of(DEFAULT)))
        self.applied = 0
        self.on_commit: Callable[[], None] = lambda: None
        self._kept: dict[str, Rating] = {}
        self._announced: dict[str, dict[str, Any]] = {}

    def cares(self, batch: Sequence[Heard]) -> bool:
        """Evaluation keeps whatever it hears."""
        return bool(batch)

    async def begin(self, conn: AsyncConnection, mine: Callable[[str], bool]) -> None:
        """Reads everything about the subjects of one partition back from the database, before its first batch."""
        board = self.board
        board.forget([subject for subject in board.societies if mine(subject)])
        board.adopt(await active_policy(conn), [one for one in await store.facts_of(conn) if mine(one.subject)])
        board.day = await store.current_day(conn) or NOT_YET
        for society, one in (await store.kept_ratings(conn)).items():
            if one.announced:
                self._announced[society] = one.announced
            if one.rank_at_turn:
                board.ranks_at_turn[society] = one.rank_at_turn
        self._kept.clear()
        self.applied = await store.count_facts(conn)
        board.settle(self.applied)

    async def apply(self, batch: Sequence[Heard], work: Work) -> None:
        """Keeps a batch and moves the ratings it touches; turns the day and changes the policy when told."""
        facts = [Fact.of(heard) for heard in batch]
        board = self.board
        await self._mend(work.conn)
        touched = {fact.subject for fact in facts}
        work.after_rollback(lambda: board.doubtful.update(touched))
        await store.keep(work.conn, batch)
        anew = {fact.subject for fact in facts if _amends(fact)}
        complete = await store.facts_of(work.conn, anew)
        # From here to the end of the loop nothing is awaited without need: whoever looks at the board sees it whole.
        board.fold([fact for fact in facts if fact.subject not in anew])
        board.refold(complete, anew)
        for fact in facts:
            if fact.type == PolicyActivated.type:
                await self._change_policy(work)
                touched.update(board.societies)
            elif fact.type == DayTurned.type:
                await self._turn(date.fromisoformat(fact.data["day"]), work)
                touched.update(board.societies)
        await self._keep_changed(work, touched | anew)
        work.after_commit(lambda: self._committed(len(batch)))

    async def _mend(self, conn: AsyncConnection) -> None:
        """Folds anew, once, the societies of which more is in memory than was kept."""
        doubtful = frozenset(self.board.doubtful)
        if doubtful:
            self.board.refold(await store.facts_of(conn, doubtful), doubtful)
            self.board.doubtful -= doubtful

    def _committed(self, events: int) -> None:
        self.applied += events
        self.on_commit()

    async def _keep_changed(self, work: Work, touched: Iterable[str]) -> None:
        """Writes what moved into the live table; a new day alone moves nothing."""
        changed = {one.society: one for one in self.board.rate(touched) if not one.same_as(self._kept.get(one.society))}
        await store.keep_ratings(work.conn, changed.values())
        work.after_commit(lambda: self._kept.update(changed))

    async def _turn(self, day: date, work: Work) -> None:
        """A new day: announce what changed since the last, note where everybody stands, and rate as of the new day."""
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

    async def _close(self, day: date, work: Work) -> None:
        board = self.board
        board.settle(board.version)
        told = {}
        for rating in board.rate():
            document = store.document(rating)
            before = self._announced.get(rating.society)
            if before is None or _gist(before) != _gist(document):
                work.say(_announcement(rating, document, before, day, board.policy))
                told[rating.society] = document
        ranks = {one.rating.society: one.rank for one in board.standings}
        await self._keep_changed(work, board.societies)
        await store.announce(work.conn, told, ranks)

        def remember() -> None:
            self._announced.update(told)
            board.ranks_at_turn = ranks

        work.after_commit(remember)

    async def _change_policy(self, work: Work) -> None:
        board = self.board
        before = board.policy
        complete = await store.facts_of(work.conn)
        board.adopt(await active_policy(work.conn), complete)
        work.after_rollback(lambda: board.adopt(before, complete))


async def active_policy(conn: AsyncConnection) -> Policy:
    """The policy in use: the one activated last, or the one we ship."""
    return load_policy(await store.active_policy(conn, PolicyActivated.type) or text_of(DEFAULT))


def _amends(fact: Fact) -> bool:
    """Whether it withdraws or corrects another record: that society is folded anew from all its facts."""
    return "withdraws" in fact.data or "corrects" in fact.data


def _gist(document: dict[str, Any]) -> tuple[Any, ...]:
    return document["total"], document["max"], document["completeness"], document["grade"]


def _announcement(
    rating: Rating, document: dict[str, Any], before: dict[str, Any] | None, day: date, policy: Policy
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
        previous_total=before["total"] if before else None,
        as_of=day,
    )

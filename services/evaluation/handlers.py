"""What evaluation does when others speak, and when it hears its own calendar: keep the fact, move the rating."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.hearing import Mine, Told
from chassis.wire import Heard
from chassis.work import Work
from contracts.calendar import midnight
from contracts.evaluation import DayTurned, PolicyActivated, RatingChanged
from services.evaluation import store
from services.evaluation.announcing import DutyNews, tell_outlooks
from services.evaluation.board import NOT_YET, Board
from services.evaluation.domain import Fact, Policy, Rating, rate_everyone
from services.evaluation.domain.outlook import outlooks
from services.evaluation.filed import in_use, parsed
from services.evaluation.reviewing import desk
from services.evaluation.shipped import DEFAULT, text_of

SPEAKERS = frozenset({"membership", "events", "federation", "evaluation"})


class LiveRatings:
    """The ear of evaluation. Memory is ahead of the database only inside a transaction, and mended if it fails."""

    speakers = SPEAKERS

    def __init__(self) -> None:
        self.board = Board(parsed(text_of(DEFAULT)))
        self.applied = 0
        self.on_commit: Callable[[], None] = lambda: None
        self.on_seat: Callable[[], None] = lambda: None
        self.on_facts: Callable[[Sequence[Fact]], None] = lambda _: None
        self._kept: dict[str, Rating] = {}
        self._announced: dict[str, dict[str, Any]] = {}
        self._duty_news = DutyNews()

    def cares(self, batch: Sequence[Heard]) -> bool:
        """Evaluation keeps whatever it hears."""
        return bool(batch)

    async def begin(self, conn: AsyncConnection, mine: Mine) -> None:
        """Reads everything about the subjects of one partition back from the database, before its first batch."""
        board = self.board
        board.forget([subject for subject in board.societies if mine(subject)])
        facts = [one for one in await store.facts_of(conn) if mine(one.subject)]
        board.adopt(await in_use(conn), facts)
        others = {society: one for society, one in board.outlooks.items() if not mine(society)}
        board.outlooks = outlooks(facts, others)
        board.trends.forget(mine)
        board.trends.note(facts)
        board.day = await store.current_day(conn) or NOT_YET
        for society in filter(mine, list(self._announced)):
            del self._announced[society]
        for society, one in (await store.kept_ratings(conn)).items():
            if one.announced:
                self._announced[society] = one.announced
            if one.rank_at_turn:
                board.ranks_at_turn[society] = one.rank_at_turn
        await self._duty_news.begin(conn)
        self._kept.clear()
        self.on_seat()
        self.applied = await store.count_facts(conn)
        board.settle(self.applied)

    async def apply(self, batch: Sequence[Heard], work: Work) -> None:
        """Keeps a batch and moves the ratings it touches; turns the day and changes the policy when told."""
        facts = [Fact.of(heard) for heard in batch]
        board = self.board
        await self._mend(work.conn)
        touched, held = {fact.subject for fact in facts}, board.outlooks

        def back() -> None:
            board.doubtful.update(touched)
            board.outlooks = held

        work.after_rollback(back)
        await store.keep(work.conn, batch)
        anew = {fact.subject for fact in facts if _amends(fact)}
        complete = await store.facts_of(work.conn, anew)
        # From here to the end of the loop nothing is awaited without need: whoever looks at the board sees it whole.
        board.fold([fact for fact in facts if fact.subject not in anew])
        board.refold(complete, anew)
        board.outlooks = outlooks(facts, board.outlooks)
        for fact in facts:
            if fact.type == PolicyActivated.type:
                await self._change_policy(work)
                touched.update(board.societies)
            elif fact.type == DayTurned.type:
                await self._turn(date.fromisoformat(fact.data["day"]), work)
                touched.update(board.societies)
        await self._keep_changed(work, touched | anew)
        await desk.note(batch, work.conn)
        work.after_commit(lambda: self._committed(facts))

    async def kept(self, conn: AsyncConnection, speaker: str, mine: Mine) -> AbstractSet[str]:
        """The facts told by one speaker."""
        return {id_ for id_, subject in (await store.told_by(conn, speaker)).items() if mine(subject)}

    async def forget(self, work: Work, told: Told, mine: Mine) -> None:
        """Lets go of facts that nobody tells any more, and rates their societies by what is left."""
        still = frozenset(told.ids)
        kept = await store.told_by(work.conn, told.speaker)
        gone = {id_: subject for id_, subject in kept.items() if id_ not in still and mine(subject)}
        await store.drop(work.conn, gone)
        subjects = set(gone.values())
        day = await store.current_day(work.conn) or NOT_YET
        left = rate_everyone(await store.facts_of(work.conn, subjects), await in_use(work.conn), day)
        listed = {one.society: one for one in left if one.listed}
        await store.strike(work.conn, subjects - listed.keys())
        await store.keep_ratings(work.conn, listed.values())

    async def _mend(self, conn: AsyncConnection) -> None:
        """Folds anew, once, the societies of which more is in memory than was kept."""
        doubtful = frozenset(self.board.doubtful)
        if doubtful:
            self.board.refold(await store.facts_of(conn, doubtful), doubtful)
            self.board.doubtful -= doubtful

    def _committed(self, facts: Sequence[Fact]) -> None:
        self.applied += len(facts)
        self.board.trends.note(facts)
        self.on_facts(facts)
        self.on_commit()

    async def _keep_changed(self, work: Work, touched: Iterable[str]) -> None:
        """Writes what moved into the live table; a new day alone moves nothing."""
        changed = {one.society: one for one in self.board.rate(touched) if not one.same_as(self._kept.get(one.society))}
        await store.keep_ratings(work.conn, changed.values())
        work.after_commit(lambda: self._kept.update(changed))

    async def _turn(self, day: date, work: Work) -> None:
        """A new day: announce what changed since the last and what fell due, and rate as of the new day."""
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
        owed = board.duties()
        await self._duty_news.announce(work, day, owed, (clock.id for clock in board.policy.clocks))

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
        tell_outlooks(board, day, work)
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
        board.adopt(await in_use(work.conn), complete)
        work.after_rollback(lambda: board.adopt(before, complete))


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

"""Boards of other days, policies and states of knowledge, worked out from the facts; the last few are remembered."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from chassis.turns import Turns
from contracts.federation import SocietyAdmitted, SocietyReleased
from services.evaluation.archive import Archive
from services.evaluation.domain import Fact, Policy, Rating, SocietyLedger, Standing, rank, rate
from services.evaluation.domain.outlook import Outlook, outlooks, shown
from services.evaluation.domain.review.binding import Bindings

_REMEMBERED = 16
T = TypeVar("T")


class View(NamedTuple):
    """Which board: of a day, by what was known at an instant (None: everything), of a federation (None: of all)."""

    as_of: date
    known_at: str | None = None
    federation: str | None = None


class Made(NamedTuple):
    """A board that was worked out, how many facts were known for it, and what was said of classes by then."""

    standings: list[Standing]
    known: int
    outlooks: dict[str, Outlook]
    bindings: Bindings

    def row(self, standing: Standing, policy: Policy) -> dict[str, Any]:
        """A standing with its indicators, the class it held, and the one that bound it."""
        society = standing.rating.society
        held, binding = self.outlooks.get(society), self.bindings.of(society)
        return standing.as_json() | shown(standing, policy, held).as_json() | {"binding": binding}


class Past:
    """Answers from the archive, one society after another, so that whoever else asks meanwhile is answered too.

    One answer is worked out at a time. Who asks holds no database connection meanwhile.
    """

    def __init__(self, archive: Archive, most_waiting: int) -> None:
        """`most_waiting` callers may wait for their turn."""
        self.archive = archive
        self.turns = Turns("an answer about the past", most_waiting)
        self._made: OrderedDict[tuple[View, str, int], Made] = OrderedDict()

    async def boards(self, view: View, policies: Sequence[Policy]) -> list[Made]:
        """The board under each of the policies, in one pass over the facts.

        Raises:
            TooManyWait: so it is, and the boards are not remembered.
        """
        remembered = self._remembered(view, policies)
        if remembered is not None:
            return remembered
        async with self.turns.turn():
            return await self._boards(view, policies)

    async def made_of_all(self, make: Callable[[list[Fact]], T]) -> T:
        """What a function makes of all facts on another thread, in its turn. Raises TooManyWait."""
        async with self.turns.turn():
            return await asyncio.to_thread(make, await self.archive.everything())

    def _remembered(self, view: View, policies: Sequence[Policy]) -> list[Made] | None:
        keys = [(view, policy.hash, self.archive.version) for policy in policies]
        return [self._made[key] for key in keys] if all(key in self._made for key in keys) else None

    async def _boards(self, view: View, policies: Sequence[Policy]) -> list[Made]:
        version = self.archive.version
        keys = [(view, policy.hash, version) for policy in policies]
        missing = {key: policy for key, policy in zip(keys, policies, strict=True) if key not in self._made}
        made = {key: self._made[key] for key in keys if key not in missing}
        made |= dict(zip(missing, await self._fold(view, list(missing.values())), strict=True))
        for key, board in made.items():
            self._made[key] = board
            self._made.move_to_end(key)
        while len(self._made) > _REMEMBERED:
            self._made.popitem(last=False)
        return [made[key] for key in keys]

    async def board(self, view: View, policy: Policy) -> Made:
        """The board under one policy."""
        return (await self.boards(view, [policy]))[0]

    async def _fold(self, view: View, policies: list[Policy]) -> list[Made]:
        if not policies:
            return []
        rated: list[list[Rating]] = [[] for _ in policies]
        known, held, bindings = 0, dict[str, Outlook](), Bindings()
        async for society, told in self.archive.each():
            facts = [fact for fact in told if view.known_at is None or fact.recorded <= view.known_at]
            known += len(facts)
            told_by_then = [fact for fact in facts if fact.day <= view.as_of.toordinal()]
            # The steps of a review are told of the review, which belongs to no federation.
            bindings.note(told_by_then)
            if view.federation is not None and not belongs(facts, view.federation, view.as_of):
                continue
            held |= outlooks(told_by_then)
            for policy, ratings in zip(policies, rated, strict=True):
                ratings.append(rate(SocietyLedger.of(policy, society, facts), view.as_of))
                await asyncio.sleep(0)
        return [
            Made(rank(ratings, policy), known, held, bindings) for policy, ratings in zip(policies, rated, strict=True)
        ]


def belongs(facts: Iterable[Fact], federation: str, as_of: date) -> bool:
    """Whether a society belongs to a federation on a day, by its facts: admitted, and not released since."""
    steps = [
        (fact.day, fact.recorded, fact.id, fact.type == SocietyAdmitted.type)
        for fact in facts
        if fact.type in {SocietyAdmitted.type, SocietyReleased.type}
        and fact.data["federation"] == federation
        and fact.day <= as_of.toordinal()
    ]
    return bool(steps) and max(steps)[3]

"""What the rooms of the API share: which ratings are asked for, and which moment."""

from datetime import date, datetime
from typing import Annotated, NamedTuple, cast

from fastapi import Depends, Query, Request
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import days
from chassis.refusals import Refusal
from chassis.serving import service_of
from contracts.calendar import day_of, instant, parse_instant
from contracts.federation import FederationFounded
from services.evaluation import store
from services.evaluation.api.refusals import (
    FutureDay,
    FutureInstant,
    PolicyFiledLater,
    PolicyMissing,
    UnknownFederation,
    UnknownPolicy,
)
from services.evaluation.board import Board
from services.evaluation.domain import Policy
from services.evaluation.filed import PolicyNotFiled, every_policy, in_use, shelf
from services.evaluation.following import Following
from services.evaluation.moment import NOW, Moment
from services.evaluation.past import Past
from services.evaluation.queries import Question
from services.evaluation.stream import Audience

AsOf = Annotated[days.Day | None, Query(description="the day to rate on; today's board if absent")]
KnownAt = Annotated[
    days.Moment | None, Query(description="the instant whose knowledge to use; everything known if absent")
]
PolicyQuery = Annotated[
    str | None,
    Query(description="id of a filed policy, or id@version; the one in use then if absent", max_length=80),
]
ToldOf = Annotated[days.Day | None, Query(description="as it stood at the end of this day; as it stands now if absent")]
KnownThen = Annotated[
    days.Moment | None, Query(description="by what was recorded up to this instant; everything if absent")
]


class Asked(NamedTuple):
    """Which ratings a request asks for, as it was sent."""

    as_of: date | None = None
    known_at: datetime | None = None
    policy: str | None = None
    federation: str | None = None


def board_of(request: Request) -> Board:
    """The live board of this app, ranked after everything that was committed."""
    cast("Audience", request.app.state.audience).refresh()
    return cast("Board", request.app.state.board)


def following_of(request: Request) -> Following:
    """What keeps the board of this app whole."""
    return cast("Following", request.app.state.following)


def past_of(request: Request) -> Past:
    """The boards of this app that are not the live one."""
    return cast("Past", request.app.state.past)


def past(as_of: date | None, board: Board) -> date | None:
    """The day asked about.

    Raises:
        FutureDay: it has not come yet.
    """
    if as_of is not None and as_of > board.day:
        raise FutureDay(field="as_of", value=as_of.isoformat(), today=board.day.isoformat())
    return as_of


async def policy_of(look: AsyncConnection, board: Board, wanted: str, moment: Moment = NOW) -> Policy:
    """The policy of that id in the version in use then, else in the last filed by then; or in that after an `@`.

    Raises:
        UnknownPolicy: none was filed under it.
    """
    name, _, version = wanted.partition("@")
    if not version and (used := await _in_use(look, board, moment)) is not None and used.id == name:
        return used
    known = await every_policy(look, moment)
    found = [one for one in known if one.id == name and version in {"", str(one.version)}]
    if not found:
        raise await _not_then(look, wanted)
    return found[-1]


async def _not_then(look: AsyncConnection, wanted: str) -> Refusal:
    """Why there is no policy of a name: there is none, or it was filed since."""
    name, _, version = wanted.partition("@")
    later = [one for one in await shelf(look) if one.policy.id == name and version in {"", str(one.policy.version)}]
    if not later or later[-1].since is None:
        return UnknownPolicy(field="policy", value=wanted)
    called, since = f"{name}@{later[-1].policy.version}", day_of(parse_instant(later[-1].since)).isoformat()
    return PolicyFiledLater(field="policy", value=wanted, since=since, called=called)


async def _in_use(look: AsyncConnection, board: Board, moment: Moment) -> Policy | None:
    if moment == NOW:
        return board.policy
    try:
        return await in_use(look, moment.as_of or board.begun, moment.known_at)
    except PolicyNotFiled:
        return None


async def _moment(request: Request, as_of: ToldOf = None, known_at: KnownThen = None) -> Moment:
    service = service_of(request)
    now, known = service.clock.now(), instant(known_at) if known_at else None
    if as_of is not None and as_of > day_of(now):
        raise FutureDay(field="as_of", value=as_of.isoformat(), today=day_of(now).isoformat())
    _refuse_what_is_to_come(known_at, now)
    return Moment(as_of, known)


AskedMoment = Annotated[Moment, Depends(_moment)]
"""The moment that a record is asked about: how it stood at the end of a day, by what was recorded up to an instant."""


async def _founded(look: AsyncConnection, federation: str, moment: Moment) -> None:
    told = await store.facts_about(look, federation, FederationFounded)
    if not any(moment.reached(fact.time, fact.recorded) for fact in told):
        raise UnknownFederation(field="federation", value=federation)


def _refuse_what_is_to_come(known_at: datetime | None, now: datetime) -> None:
    if known_at is not None and known_at > now:
        raise FutureInstant(field="known_at", value=instant(known_at), now=instant(now))


async def in_use_on(look: AsyncConnection, day: date | None, known_at: str | None = None) -> Policy:
    """The policy in use at the end of a day, or now, by what was known at an instant.

    Raises:
        PolicyMissing: its text is not here.
    """
    try:
        return await in_use(look, day, known_at)
    except PolicyNotFiled as missing:
        raise PolicyMissing(field="as_of", value=missing.name) from missing


async def question_in_memory(request: Request, asked: Asked) -> Question:
    """What is asked for, as `question_of` has it; of the live board without the database, where that may be shown.

    Raises:
        FutureDay, FutureInstant, UnknownPolicy, PolicyMissing, UnknownFederation: as there.
    """
    if asked == Asked() and following_of(request).readable():
        return Question(board_of(request).policy, live=True)
    async with service_of(request).db.reading() as look:
        return await question_of(request, look, asked)


async def question_of(request: Request, look: AsyncConnection, asked: Asked) -> Question:
    """What is asked for, with the policy that was in use then unless one is named.

    Raises:
        FutureDay, FutureInstant: it has not come yet, and what is known of it may change.
        UnknownPolicy, PolicyMissing: there is no text to rate by.
        UnknownFederation: it was not founded by then.
    """
    board = board_of(request)
    _refuse_what_is_to_come(asked.known_at, service_of(request).clock.now())
    day, known = past(asked.as_of, board), instant(asked.known_at) if asked.known_at else None
    if asked.federation is not None:
        await _founded(look, asked.federation, Moment(day, known))
    if asked.policy is not None:
        # A version is a text that never changes, so that it may be tried on what was known before it was filed.
        policy = await policy_of(look, board, asked.policy, NOW if "@" in asked.policy else Moment(day, known))
    elif day is None and known is None:
        policy = board.policy
    else:
        policy = await in_use_on(look, day or board.begun, known)
    return Question(policy, day, known, asked.federation, live=asked == Asked())

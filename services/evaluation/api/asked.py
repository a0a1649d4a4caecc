"""What the rooms of the API share: which ratings are asked for, and who or what is not known."""

from datetime import date, datetime
from typing import Annotated, NamedTuple, cast

from fastapi import Query, Request
from pydantic import AwareDatetime
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.language import N_
from chassis.refusals import Refusal
from chassis.serving import service_of
from contracts.calendar import instant
from services.evaluation.board import Board
from services.evaluation.domain import Policy
from services.evaluation.filed import PolicyNotFiled, every_policy, in_use
from services.evaluation.following import Following
from services.evaluation.past import Past
from services.evaluation.queries import Question
from services.evaluation.stream import Audience

AsOf = Annotated[date | None, Query(description="the day to rate on; today's board if absent")]
KnownAt = Annotated[
    AwareDatetime | None, Query(description="the instant whose knowledge to use; everything known if absent")
]
PolicyQuery = Annotated[
    str | None,
    Query(description="id of a filed policy, or id@version; the one in use then if absent", max_length=80),
]


class Asked(NamedTuple):
    """Which ratings a request asks for, as it was sent."""

    as_of: date | None = None
    known_at: datetime | None = None
    policy: str | None = None
    federation: str | None = None


class UnknownSociety(Refusal):
    """Evaluation has not heard of this society."""

    slug = "unknown-society"
    status = 404
    title = N_("Unknown society")
    detail = N_("No society {value} is registered.")


class UnknownPolicy(Refusal):
    """No policy with this id is filed."""

    slug = "unknown-policy"
    status = 404
    title = N_("Unknown policy")
    detail = N_("No policy {value} is filed.")


class PolicyMissing(Refusal):
    """The policy in use then was activated elsewhere, and its text is not here."""

    slug = "policy-missing"
    status = 409
    title = N_("The policy in use then is not filed here")
    detail = N_("The text of policy {value} is not filed here. File it, or name another policy.")


class FutureInstant(Refusal):
    """What will be known then is not known now."""

    slug = "future-instant"
    title = N_("An instant in the future")
    detail = N_("{value} has not come yet; it is {now}.")


class FutureDay(Refusal):
    """The day has not come yet."""

    slug = "future-day"
    title = N_("A day in the future")
    detail = N_("{value} has not come yet; today is {today}.")


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


async def policy_of(look: AsyncConnection, board: Board, wanted: str) -> Policy:
    """The policy of that id in its last version, or in the version after an `@`.

    Raises:
        UnknownPolicy: none is filed under it.
    """
    if wanted == board.policy.id:
        return board.policy
    name, _, version = wanted.partition("@")
    found = [one for one in await every_policy(look) if one.id == name and version in {"", str(one.version)}]
    if not found:
        raise UnknownPolicy(field="policy", value=wanted)
    return found[-1]


async def in_use_on(look: AsyncConnection, day: date, known_at: str | None = None) -> Policy:
    """The policy in use at the end of a day, by what was known at an instant.

    Raises:
        PolicyMissing: its text is not here.
    """
    try:
        return await in_use(look, day, known_at)
    except PolicyNotFiled as missing:
        raise PolicyMissing(field="as_of", value=missing.name) from missing


async def question_of(request: Request, look: AsyncConnection, asked: Asked) -> Question:
    """What is asked for, with the policy that was in use then unless one is named.

    Raises:
        FutureDay, FutureInstant: it has not come yet, and what is known of it may change.
        UnknownPolicy, PolicyMissing: there is no text to rate by.
    """
    board, now = board_of(request), service_of(request).clock.now()
    if asked.known_at is not None and asked.known_at > now:
        raise FutureInstant(field="known_at", value=instant(asked.known_at), now=instant(now))
    day, known = past(asked.as_of, board), instant(asked.known_at) if asked.known_at else None
    if asked.policy is not None:
        policy = await policy_of(look, board, asked.policy)
    elif day is None and known is None:
        policy = board.policy
    else:
        policy = await in_use_on(look, day or board.day, known)
    return Question(policy, day, known, asked.federation, live=asked == Asked())

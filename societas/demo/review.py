"""The review (评审) that ends a year: frozen, published, objected to, decided, its classes assigned, its file sealed.

All of it is generated: the texts say so, the committee's members are numbers. One decision is sent too late, as
happens.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from societas.demo import chance
from societas.demo.profile import Profile
from societas.demo.request import Entry, Keep, Ref, Request
from societas.demo.year import Year

MEMBERS = tuple(f"p-{number}" for number in range(1, 10))
OBJECTION_DAYS = 7
UPHELD = ("uphold",) * 6 + ("dismiss", "abstain")
DISMISSED = ("dismiss",) * 6 + ("uphold",) * 3
FEWEST_SOCIETIES = 2


def objector(cast: Sequence[Profile], seed: int, year: Year) -> str | None:
    """The society that objects to its own figures, and whose standing council met on `missed_meeting`."""
    return _parties(cast, chance.generator(seed, "review", year.name))[0] if len(cast) >= FEWEST_SOCIETIES else None


def missed_meeting(year: Year) -> date:
    """The day of the standing council's meeting that is recorded too late to be counted."""
    return date(year.first.year, 11, 20)


def review(cast: Sequence[Profile], seed: int, year: Year) -> Iterator[Entry]:
    """December: opened and frozen on the 1st before all else, sealed on the 31st."""
    if len(cast) < FEWEST_SOCIETIES:
        return
    draw = chance.generator(seed, "review", year.name)
    mine, other = _parties(cast, draw)
    first = date(year.first.year, 12, 1)
    terms = {"as_of": first - timedelta(days=1), "publish_by": first + timedelta(days=4)}
    opening = {"review": f"review-{year.name}", **terms, "objection_days": OBJECTION_DAYS}
    yield Entry(first, Request("POST", "/api/evaluation/reviews", opening, None, first=True))
    yield _step(year, 1, "snapshot", first=True)
    yield _step(year, 1, "panel", {"members": [{"member": member} for member in MEMBERS]})
    yield _step(year, 2, "publication")

    upheld, meeting = _objection(year, 1), f"review:{year.name}:meeting"
    own = {"objector": mine, "about": mine, "text": "（演示生成）十一月的理事会会议未计入。"}
    yield _step(year, 3, "objections", own, Keep(_name(year, 1), "objection"))
    others = {"objector": mine, "about": other, "text": "（演示生成）所列评价结果与实际不符。"}
    yield _step(year, 4, "objections", others, Keep(_name(year, 2), "objection"))
    body = {"organ": "standing-council", "entitled": 20, "present": 16, "held_on": missed_meeting(year)}
    path = f"/api/membership/societies/{mine}/meetings"
    yield Entry(date(year.first.year, 12, 8), Request("POST", path, body, None, Keep(meeting, "event")))

    recused = draw.choice(MEMBERS)
    yield _step(year, 10, f"{upheld}/recusals", {"member": recused, "reason": "interest"})
    yield from _votes(year, 10, upheld, _dealt(draw, [one for one in MEMBERS if one != recused], UPHELD))
    yield _step(year, 10, f"{upheld}/decision")
    yield _step(year, 12, f"{upheld}/dispatch")
    yield _step(year, 15, f"{upheld}/revision", {"admitted": [Ref(meeting)]})

    refused = _objection(year, 2)
    yield from _votes(year, 11, refused, _dealt(draw, MEMBERS, DISMISSED))
    yield _step(year, 11, f"{refused}/decision")
    yield _step(year, 28, f"{refused}/dispatch")

    yield _step(year, 29, "confirmation")
    yield _step(year, 30, "classes")
    yield _step(year, 31, "seal")


def _parties(cast: Sequence[Profile], draw: Random) -> list[str]:
    return draw.sample([profile.code for profile in cast], 2)


def _votes(year: Year, day: int, objection: str, votes: Mapping[str, str]) -> Iterator[Entry]:
    for member, vote in votes.items():
        role = f"panel:review-{year.name}:{member}"
        yield _step(year, day, f"{objection}/votes", {"vote": vote}, role=role)


def _dealt(draw: Random, members: Sequence[str], votes: Sequence[str]) -> Mapping[str, str]:
    """Who votes how: the votes are fixed, whose they are is left to chance."""
    return dict(zip(members, draw.sample(votes, len(votes)), strict=True))


def _objection(year: Year, number: int) -> str:
    return f"objections/{Ref(_name(year, number))}"


def _name(year: Year, number: int) -> str:
    return f"review:{year.name}:objection:{number}"


def _step(
    year: Year,
    day: int,
    what: str,
    body: Mapping[str, Any] | None = None,
    keep: Keep | None = None,
    *,
    first: bool = False,
    role: str | None = None,
) -> Entry:
    """A step taken on a day of December."""
    path = f"/api/evaluation/reviews/review-{year.name}/{what}"
    return Entry(date(year.first.year, 12, day), Request("POST", path, body or {}, None, keep, first=first, role=role))

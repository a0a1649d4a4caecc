"""Federations of societies (学会联合体): founded long ago by real members, joined, left, and active together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from societas.demo import chance
from societas.demo.request import Entry, Request
from societas.demo.year import Year

JOINT_ACTIVITIES = 6
"""Joint activities of a federation in a year. Assumed: no count is published."""
KINDS = (
    ("academic-meeting", "联合学术年会", 220),
    ("forum", "联合论坛", 160),
    ("science-popularisation", "联合科普行", 320),
    ("matchmaking", "联合成果对接会", 70),
    ("ethics-education", "联合学风宣讲", 150),
)


@dataclass(frozen=True, slots=True)
class Federation:
    """A federation by its id, with the members its sources name and those who come and go in the story."""

    id: str
    name: str
    field: str
    founded_on: date
    founders: Sequence[str]
    joined: Mapping[date, Sequence[str]]
    joins_in_demo: Sequence[str]
    leaves_in_demo: Sequence[str]

    @property
    def lasting(self) -> list[str]:
        """Members on every day of the story."""
        before = [code for codes in self.joined.values() for code in codes]
        return [code for code in (*self.founders, *before) if code not in self.leaves_in_demo]


def federations() -> tuple[Federation, ...]:
    """All of federations.yaml."""
    import yaml  # noqa: PLC0415 — the command line starts without it

    rows = yaml.safe_load((files("societas.demo") / "data" / "federations.yaml").read_text(encoding="utf-8"))
    return tuple(Federation(**({"joined": {}} | row)) for row in rows)


def founding(federation: Federation, today: date) -> Iterator[Entry]:
    """The federation with its founders, and those who joined before the story."""
    names = ("id", "name", "field", "founded_on", "founders")
    yield Entry(today, _post("", {name: getattr(federation, name) for name in names}))
    for admitted_on, codes in federation.joined.items():
        for code in codes:
            yield Entry(today, _admission(federation, code, admitted_on))


def together(federation: Federation, seed: int, year: Year) -> Iterator[Entry]:
    """A year of a federation: joint activities (共同活动) with a lead and partners, admissions, a release."""
    draw = chance.generator(seed, federation.id, year.name)
    for place in range(1, chance.poisson(draw, JOINT_ACTIVITIES) + 1):
        yield _joint(federation, place, draw.randrange(2**32), year)
    if year.index > 0:
        return
    for code in federation.joins_in_demo:
        day = chance.day_of_year(draw, year)
        yield Entry(day + timedelta(days=draw.choice((0, 2, 20))), _admission(federation, code, day))
    for code in federation.leaves_in_demo:
        day = chance.day_of_year(draw, year)
        body = {"released_on": day, "reason": "resigned"}
        yield Entry(day, _post(f"/{federation.id}/members/{code}/release", body))


def _joint(federation: Federation, place: int, seed: int, year: Year) -> Entry:
    draw = chance.generator(seed)
    kind, title, attendance = draw.choice(KINDS)
    lead, *others = draw.sample(federation.lasting, len(federation.lasting))
    held_on = chance.day_of_year(draw, year)
    body = {
        "title": f"{federation.name}{year.name}年{title}（{place}）",
        "kind": kind,
        "level": draw.choice(("provincial", "provincial", "regional", "national")),
        "lead": lead,
        "partners": others[: draw.randrange(1, min(5, len(others)) + 1)],
        "attendance": max(20, round(chance.lognormal(draw, attendance, 0.5))),
        "held_on": held_on,
    }
    told = held_on + timedelta(days=draw.choice((0, 1, 3, 24)))
    return Entry(told, _post(f"/{federation.id}/joint-activities", body))


def _admission(federation: Federation, code: str, admitted_on: date) -> Request:
    return _post(f"/{federation.id}/members", {"society": code, "admitted_on": admitted_on})


def _post(rest: str, body: dict[str, Any]) -> Request:
    return Request("POST", f"/api/federation/federations{rest}", body, None)

"""What a society does for science and the public over a year, announced first and told when it was held."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from societas.demo import chance
from societas.demo.profile import MEMBERS_PER_SOCIETY, Profile
from societas.demo.request import Entry, Keep, Ref, Request
from societas.demo.year import Year

CONGRESS_SEASONS = (0.4, 0.3, 0.9, 1.2, 1.2, 1.1, 0.9, 0.8, 1.1, 1.4, 1.5, 1.1)
SCIENCE_WEEKS = (0.6, 0.5, 0.9, 1.0, 2.2, 1.0, 0.9, 0.9, 2.0, 1.0, 0.9, 0.7)
"""Popular science peaks in the science and technology week of May and the science popularisation day of September."""
LEVELS = (("provincial", 60), ("society", 14), ("regional", 10), ("national", 12), ("international", 4))
AT_HOME = {"salon", "training", "lecture"}
WITHDRAWN, CANCELLED, CORRECTED, LATE, SHARED = 0.006, 0.02, 0.02, 0.10, 0.18
ANNOUNCED_AFTERWARDS = 0.03
CANCEL_REASONS = ("too-few-participants", "force-majeure", "not-approved", "merged", "other")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of activity: how often a year, how many come, which share of them with a paper, in which months."""

    wire: str
    yearly: float
    attendance: float
    papers: float
    seasons: Sequence[float]
    title: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """One activity of a host: the `number`th of its kind that year, held (or to be held) on a day."""

    host: Profile
    kind: Kind
    year: Year
    number: int
    held_on: date

    @property
    def name(self) -> str:
        """What later requests call it."""
        return f"activity:{self.host.code}:{self.year.name}:{self.kind.wire}:{self.number}"

    def told(self, what: str, body: Mapping[str, Any]) -> Request:
        """A request that tells what became of it."""
        return Request("POST", f"/api/events/activities/{Ref(self.name)}/{what}", body, self.host.code)


KINDS = (
    # 2.77 meetings of 116 people, 5.29 lectures per provincial society, 2005 (NBS 2006 yearbook); a third of those who
    # attend bring a paper (national societies, 2016). How often the other kinds happen is not published: assumed.
    Kind("academic-meeting", 2.77, 116, 0.33, CONGRESS_SEASONS, "学术会议"),
    Kind("lecture", 5.29, 75, 0.0, SCIENCE_WEEKS, "科普讲座"),
    Kind("salon", 0.5, 28, 0.0, CONGRESS_SEASONS, "学术沙龙"),
    Kind("training", 0.45, 60, 0.0, CONGRESS_SEASONS, "继续教育培训"),
    Kind("ethics-education", 0.4, 80, 0.0, CONGRESS_SEASONS, "科学道德与学风建设宣讲"),
    Kind("science-popularisation", 0.3, 240, 0.0, SCIENCE_WEEKS, "科普活动"),
    Kind("matchmaking", 0.25, 40, 0.0, CONGRESS_SEASONS, "科技成果对接会"),
    Kind("forum", 0.2, 150, 0.2, CONGRESS_SEASONS, "论坛"),
)


def activities(profile: Profile, year: Year, cast: Sequence[Profile]) -> Iterator[Entry]:
    """A year of a society's activities; co-hosts are found among the cast."""
    for kind in KINDS:
        draw = chance.generator(profile.seed, profile.code, year.name, kind.wire)
        for number in range(chance.poisson(draw, kind.yearly * profile.liveliness)):
            held_on = chance.day_of_year(draw, year, kind.seasons, profile.tilt)
            yield from _occasion(Occasion(profile, kind, year, number + 1, held_on), draw, cast)


def _occasion(occasion: Occasion, draw: Random, cast: Sequence[Profile]) -> Iterator[Entry]:
    held_on = occasion.held_on
    announced = max(occasion.year.first, held_on - timedelta(days=draw.randrange(10, 45)))
    if chance.happens(draw, ANNOUNCED_AFTERWARDS):
        announced = held_on + timedelta(days=draw.randrange(1, 22))
    yield Entry(announced, _announcement(occasion, draw, cast))
    if chance.happens(draw, CANCELLED) and announced < held_on:
        cancelled_on = chance.day_between(draw, announced, held_on)
        body = {"cancelled_on": cancelled_on, "reason": draw.choice(CANCEL_REASONS)}
        yield Entry(cancelled_on, occasion.told("cancellation", body))
        return
    yield from _outcome(occasion, draw, announced)


def _announcement(occasion: Occasion, draw: Random, cast: Sequence[Profile]) -> Request:
    host, kind = occasion.host, occasion.kind
    (level,) = draw.choices([level for level, _ in LEVELS], [weight for _, weight in LEVELS])
    if kind.wire in AT_HOME and level in {"international", "national"}:
        level = "society"
    body = {
        "title": f"{host.society.name}{occasion.year.name}年第{occasion.number}次{kind.title}",
        "kind": kind.wire,
        "level": level,
        "starts_on": occasion.held_on,
        "organisers": [{"society": host.code, "role": "host"}, *_others(occasion, draw, cast)],
    }
    return Request("POST", "/api/events/activities", body, host.code, Keep(occasion.name, "activity"))


def _others(occasion: Occasion, draw: Random, cast: Sequence[Profile]) -> list[dict[str, str]]:
    if occasion.kind.papers == 0 or not chance.happens(draw, SHARED):
        return []
    host = occasion.host
    near = [one.code for one in cast if one.society.discipline == host.society.discipline and one.code != host.code]
    partners = draw.sample(near, min(len(near), draw.choice((1, 1, 2))))
    return [{"society": code, "role": draw.choice(("co-host", "co-host", "supporter"))} for code in partners]


def _outcome(occasion: Occasion, draw: Random, announced: date) -> Iterator[Entry]:
    """It is held; most tell within days, some weeks later; a few figures are put right, a few records taken back."""
    kind, host = occasion.kind, occasion.host
    late = chance.happens(draw, LATE * (1.5 - host.vigour))
    delay = draw.randrange(14, 35) if late else draw.choice((0, 0, 1, 1, 2, 3, 5))
    told = max(announced, occasion.held_on + timedelta(days=delay))
    bigger = 0.6 + 0.4 * min(3.0, host.members / MEMBERS_PER_SOCIETY)
    attendance = min(2500, max(8, round(chance.lognormal(draw, kind.attendance * bigger, 0.6))))
    papers = round(attendance * kind.papers * draw.uniform(0.4, 1.6))
    body = {"held_on": occasion.held_on, "attendance": attendance, "papers": papers}
    yield Entry(told, occasion.told("held", body))
    later = told + timedelta(days=draw.randrange(2, 25))
    if chance.happens(draw, CORRECTED):
        counted = {"attendance": max(5, round(attendance * draw.uniform(0.6, 0.95)))}
        yield Entry(later, occasion.told("correction", counted))
    elif chance.happens(draw, WITHDRAWN):
        yield Entry(later, occasion.told("withdrawal", {"reason": "重复登记"}))

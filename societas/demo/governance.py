"""How a society is run over a year: its meetings and elections, and what is late or wrong about them."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from random import Random

from societas.demo import chance, supervision
from societas.demo.paths import post
from societas.demo.profile import Profile
from societas.demo.request import Entry, Keep, Ref
from societas.demo.year import Year

ORGANS = ("council", "standing-council", "supervisors")
ENTERED_TWICE = 0.01
FILING_PEAKS = (0.6, 0.7, 1.8, 0.9, 1.6, 0.8, 0.7, 0.6, 0.9, 0.9, 1.2, 1.6)
"""Governance is filed before 31 March, 31 May and the year's end."""


def governance(profile: Profile, year: Year, standing_council_met: Collection[date] = ()) -> Iterator[Entry]:
    """A year of meetings and elections of one society; some are recorded after the year's last day.

    An organ meets once a day; `standing_council_met` are days on which the standing council meets in another part of
    the story.
    """
    draw = chance.generator(profile.seed, profile.code, year.name, "governance")
    for organ, times in _meetings(profile, draw):
        met = set(standing_council_met) if organ == "standing-council" else set[date]()
        for time in range(times):
            held_on = _another_day(chance.day_of_year(draw, year, FILING_PEAKS, profile.tilt), met)
            name = f"meeting:{profile.code}:{year.name}:{organ}:{time}"
            yield from _meeting(profile, draw, organ, name, held_on)
    before = profile.last_election_on
    for elected_on in _terms(profile, year.last):
        if elected_on >= year.first:
            yield from _election(profile, draw, before, elected_on)
        before = elected_on


def election(profile: Profile, draw: Random, organ: str, elected_on: date) -> dict[str, object]:
    """The result of an election of council, standing council or supervisors (理事会、常务理事会、监事会)."""
    council = profile.council_seats
    seats = {
        "council": council,
        "standing-council": max(3, council // 3 if chance.happens(draw, 0.94) else council // 3 + 2),
        "supervisors": 5 if profile.big else 3,
    }[organ]
    enough = profile.front_line_enough
    front_line = round(seats * (draw.uniform(0.77, 0.95) if enough else draw.uniform(0.55, 0.72)))
    return {
        "organ": organ,
        "seats": seats,
        "front_line": min(seats, front_line),
        "young": min(seats, round(seats * draw.uniform(0.22, 0.4 + 0.25 * profile.vigour))),
        "elected_on": elected_on,
        "term_ends_on": end_of_term(profile, elected_on),
    }


def end_of_term(profile: Profile, elected_on: date) -> date:
    """The last day of a term that began with that election; a term from 29 February ends on 28 February."""
    year = elected_on.year + profile.term_years
    leap_day = (elected_on.month, elected_on.day) == (2, 29)
    return elected_on.replace(year=year, day=28 if leap_day else elected_on.day)


def _meetings(profile: Profile, draw: Random) -> Iterator[tuple[str, int]]:
    vigour = profile.vigour
    yield "council", chance.some(draw, min(2.4, 0.45 + 1.5 * vigour))
    yield "standing-council", chance.some(draw, min(3.5, 0.7 + 2.2 * vigour))
    yield "supervisors", chance.some(draw, 0.3 + 1.2 * vigour)
    yield "assembly", chance.some(draw, 0.1 + 0.5 * vigour)


def _another_day(day: date, met: set[date]) -> date:
    """The first day from that one on which the organ has not met; it has, then."""
    while day in met:
        day += timedelta(days=1)
    met.add(day)
    return day


def _meeting(profile: Profile, draw: Random, organ: str, name: str, held_on: date) -> Iterator[Entry]:
    recorded = held_on + timedelta(
        days=draw.choice((0, 1, 2, 3)) if chance.happens(draw, 0.85) else draw.randrange(10, 40)
    )
    entitled = {
        "council": profile.council_seats,
        "standing-council": max(3, profile.council_seats // 3),
        "supervisors": 5 if profile.big else 3,
        "assembly": max(20, min(profile.members, 300)),
    }[organ]
    present = min(entitled, max(1, round(entitled * (0.6 + 0.3 * profile.vigour + draw.uniform(-0.1, 0.12)))))
    body = {"organ": organ, "entitled": entitled, "present": present, "held_on": held_on}
    yield Entry(recorded, post(profile, "meetings", body, Keep(name, "meeting")))
    if chance.happens(draw, ENTERED_TWICE):
        withdrawal = post(profile, f"meetings/{Ref(name)}/withdrawal", {"reason": "重复登记"})
        yield Entry(recorded + timedelta(days=draw.randrange(1, 20)), withdrawal)


def _election(profile: Profile, draw: Random, before: date, elected_on: date) -> Iterator[Entry]:
    filed = elected_on + timedelta(days=draw.randrange(1, 30))
    for organ in ORGANS:
        yield Entry(filed, post(profile, "elections", election(profile, draw, organ, elected_on)))
    yield from supervision.renewal(profile, elected_on, end_of_term(profile, before), filed)


def _terms(profile: Profile, last: date) -> Iterator[date]:
    """Elections (换届) after the last known one: the lively before the term ends, the others up to a year late."""
    elected_on, term = profile.last_election_on, 0
    while True:
        term += 1
        draw = chance.generator(profile.seed, profile.code, "term", term)
        due = end_of_term(profile, elected_on) + timedelta(days=round(150 * (1 - profile.vigour)) - 60)
        when = due + timedelta(days=draw.randrange(-30, 300 if profile.slack else 31))
        elected_on = max(when, profile.first_day + timedelta(days=draw.randrange(10, 90)))
        if elected_on > last:
            return
        yield elected_on

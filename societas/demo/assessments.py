"""What only people judge: a yearly survey of members, and assessors' percentages for a society's services."""

from collections.abc import Iterator
from datetime import date
from random import Random

from societas.demo import chance
from societas.demo.profile import Profile
from societas.demo.request import Entry, Request
from societas.demo.year import Year

ASSESSED_IN = (*(0.02,) * 10, 1.0, 1.0)
FALSE_EVIDENCE = 0.02
"""Part of the societies of whose filings one answer a year is found false. Assumed, as is all here."""


def assessments(profile: Profile, year: Year) -> Iterator[Entry]:
    """A survey of the members and two assessors' judgements, late in the year; rarely, a mark of false evidence."""
    draw = chance.generator(profile.seed, profile.code, year.name, "assessments")
    day = chance.day_of_year(draw, year, ASSESSED_IN)
    satisfied, surveyor = percentage(profile, draw, 55), 9
    yield judgement(profile, day, "member-satisfaction", surveyor, kind="satisfaction", number=satisfied)
    for assessor in (1, 2):
        found = percentage(profile, draw, 35)
        yield judgement(profile, day, "science-communication", assessor, kind="expert-percentage", number=found)
    if chance.happens(draw, FALSE_EVIDENCE):
        yield judgement(profile, day, "academic-meetings", 3, kind="false-evidence", answer=f"meetings-{year.name}")


def percentage(profile: Profile, draw: Random, least: int) -> str:
    """A mark of at least about `least`, the higher the livelier the society."""
    return str(min(100, round(least + (100 - least) * profile.vigour + draw.uniform(-8, 8))))


def judgement(profile: Profile, day: date, item: str, assessor: int, **found: str | bool) -> Entry:
    """What an assessor finds about an item, recorded on the day it is found."""
    body = {"item": item, "assessor": _assessor(assessor), "assessed_on": day, **found}
    return Entry(day, Request("POST", f"/api/evaluation/societies/{profile.code}/assessments", body, profile.code))


def _assessor(number: int) -> str:
    return f"01941f29-7c00-7000-8000-{number:012d}"

"""How members come and go: about a tenth in a year, mostly in batches, some one by one."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from societas.demo import chance
from societas.demo.paths import post
from societas.demo.profile import Profile
from societas.demo.request import Entry, Keep, Ref, Request
from societas.demo.year import Year

TURNOVER = 0.10
LARGEST_BATCH = 5_000
WITH_STUDENTS = 300
ENDING_MONTHS = (3, 6, 9, 12)
"""Lapsed membership is cleared once a quarter, in small societies twice a year."""
REASONS = ("lapsed", "lapsed", "lapsed", "resigned", "resigned", "removed")


def stock(profile: Profile, draw: Random, today: date) -> Iterator[Entry]:
    """Everybody who is a member before the first day, in batches; ids that will leave in the first year are kept."""
    students = round(profile.members * draw.uniform(0.0, 0.14))
    units = min(400, round(profile.members * draw.uniform(0.005, 0.04)))
    foreign = round(profile.members * 0.006) if profile.lively else 0
    individuals = profile.members - students - units - foreign
    keep = Keep(f"members:{profile.code}:stock", "members", _leaving(profile) + 12)
    for kind, number in (("individual", individuals), ("student", students), ("unit", units), ("foreign", foreign)):
        for begin in range(0, number, LARGEST_BATCH):
            admitted_on = chance.day_between(draw, profile.registered_on, today - timedelta(days=30))
            first = kind == "individual" and begin == 0
            count = min(LARGEST_BATCH, number - begin)
            yield Entry(today, _bulk(profile, kind, admitted_on, count, keep if first else None))


def turnover(profile: Profile, year: Year) -> Iterator[Entry]:
    """A year of admissions and of memberships that end."""
    draw = chance.generator(profile.seed, profile.code, year.name, "members")
    yield from _admissions(profile, draw, year)
    if profile.members > WITH_STUDENTS:
        admitted_on = chance.day_between(
            draw, year.first.replace(month=9, day=10), year.first.replace(month=10, day=20)
        )
        count = max(1, round(profile.members * 0.012 * profile.liveliness))
        yield Entry(admitted_on, _bulk(profile, "student", admitted_on, count))
    yield from _endings(profile, draw, year)
    yield from _one_by_one(profile, draw, year)


def _leaving(profile: Profile) -> int:
    return max(4, round(profile.members * TURNOVER * (1.35 - 0.7 * profile.vigour)))


def _bulk(profile: Profile, kind: str, admitted_on: date, count: int, keep: Keep | None = None) -> Request:
    body = {"kind": kind, "admitted_on": admitted_on, "members": [{} for _ in range(count)]}
    return post(profile, "members/bulk", body, keep)


def _admissions(profile: Profile, draw: Random, year: Year) -> Iterator[Entry]:
    joining = _joining(profile)
    months = sorted(draw.sample(range(1, 13), _batches(profile)))
    for number, month in enumerate(months):
        admitted_on = _in_month(draw, year, month)
        count = joining * (number + 1) // len(months) - joining * number // len(months)
        late = timedelta(days=0 if chance.happens(draw, 0.8) else draw.randrange(5, 30))
        keep = Keep(f"members:{profile.code}:{year.name}:{number}", "members")
        yield Entry(admitted_on + late, _bulk(profile, "individual", admitted_on, max(1, count), keep))


def _endings(profile: Profile, draw: Random, year: Year) -> Iterator[Entry]:
    times = 4 if profile.big else 2
    for number, month in enumerate(ENDING_MONTHS[-times:]):
        ended_on = _in_month(draw, year, month)
        body = {"members": _leavers(profile, year, number, times), "ended_on": ended_on, "reason": draw.choice(REASONS)}
        yield Entry(ended_on + timedelta(days=draw.choice((0, 0, 0, 5))), post(profile, "members/end-bulk", body))


def _leavers(profile: Profile, year: Year, number: int, times: int) -> Ref:
    """In the first year some of the stock, later those of one batch of the year before: who comes may go."""
    if year.index == 0:
        leaving = _leaving(profile)
        return Ref(f"members:{profile.code}:stock", leaving * number // times, leaving * (number + 1) // times)
    return Ref(f"members:{profile.code}:{int(year.name) - 1}:{number % _batches(profile)}")


def _joining(profile: Profile) -> int:
    return max(4, round(profile.members * TURNOVER * profile.liveliness))


def _batches(profile: Profile) -> int:
    return min(10, max(4, _joining(profile) // 5))


def _one_by_one(profile: Profile, draw: Random, year: Year) -> Iterator[Entry]:
    for _ in range(chance.poisson(draw, 1.4)):
        day = chance.day_of_year(draw, year)
        kind = draw.choice(("individual", "individual", "student", "unit"))
        yield Entry(day, post(profile, "members", {"kind": kind, "admitted_on": day}))
    if year.index > 0:
        return
    for number in range(min(12, chance.poisson(draw, 0.8))):
        day = chance.day_of_year(draw, year)
        member = Ref(f"members:{profile.code}:stock", _leaving(profile) + number)
        body = {"ended_on": day, "reason": draw.choice(("resigned", "resigned", "deceased"))}
        yield Entry(day, post(profile, f"members/{member}/end", body))


def _in_month(draw: Random, year: Year, month: int) -> date:
    first = date(year.first.year, month, 1)
    return chance.day_between(draw, first, first.replace(day=28))

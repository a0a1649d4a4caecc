"""What a society owes its supervisors over a year: reports, checks, changes, leaders, renewals; some late, some never.

No rates of lateness are published; those here are assumed.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from societas.demo import chance
from societas.demo.paths import post
from societas.demo.profile import Profile
from societas.demo.request import Entry, Keep, Ref
from societas.demo.year import Year

ITEMS = ("domicile", "legal-representative", "scope", "funds", "charter")
POSTS = ("head", "deputy-head", "secretary-general")
CHANGES_A_YEAR = 0.25
CHECKS_BEFORE = 2
"""How many years of checks are on record when the story begins: with the first of the story, three."""


def supervision(profile: Profile, year: Year) -> Iterator[Entry]:
    """A year of reports, a check and changes of one society."""
    draw = chance.generator(profile.seed, profile.code, year.name, "supervision")
    of = year.first.year - 1
    for addressee, due in (("supervisor", date(of + 1, 3, 31)), ("registry", date(of + 1, 5, 31))):
        filed_on = _filed(profile, draw, due)
        if filed_on is not None and filed_on <= year.last:
            body = {"year": of, "addressee": addressee, "filed_on": filed_on}
            yield Entry(filed_on, post(profile, "work-reports", body))
    yield _check(profile, draw, of)
    for number in range(chance.poisson(draw, CHANGES_A_YEAR)):
        yield from _change(profile, draw, year, number)


def past(profile: Profile, today: date) -> Iterator[Entry]:
    """The checks of the years before that were concluded before the first day, and the warning that some had."""
    draw = chance.generator(profile.seed, profile.code, "past-checks")
    for of in range(profile.first_day.year - 1 - CHECKS_BEFORE, profile.first_day.year - 1):
        yield Entry(today, _check(profile, draw, of).request)
    if profile.trouble == "warned":
        imposed_on = chance.day_between(draw, date(today.year, 2, 1), date(today.year, 11, 30))
        body = {"kind": "warning", "imposed_on": imposed_on, "title": f"{today.year}年行政处罚"}
        yield Entry(today, post(profile, "penalties", body))


def leaders(profile: Profile, today: date) -> Iterator[Entry]:
    """Who leads a society before the first day: a head, a deputy, a secretary-general, one in twenty near seventy."""
    draw = chance.generator(profile.seed, profile.code, "leaders")
    for position in POSTS:
        age = draw.randrange(44, 66)
        if chance.happens(draw, 0.05):
            age = draw.choice((69, 69, 70))
        born_on = (profile.first_day - timedelta(days=age * 365 + age // 4 + draw.randrange(365))).replace(day=15)
        term = 3 if chance.happens(draw, 0.03) else draw.choice((1, 1, 2))
        body = {
            "post": position,
            "term_number": term,
            "elected_on": profile.last_election_on,
            "born_on": born_on,
        }
        yield Entry(today, post(profile, "leaders", body))


def renewal(profile: Profile, elected_on: date, term_ends_on: date, filed_from: date) -> Iterator[Entry]:
    """What goes before and after an election: the plan, the request, the filing; the slack forget some."""
    draw = chance.generator(profile.seed, profile.code, "renewal", elected_on)
    careful = 0.35 + 0.6 * profile.vigour
    planned_on = max(profile.first_day, term_ends_on - timedelta(days=draw.randrange(170, 260)))
    if chance.happens(draw, careful) and planned_on < elected_on:
        body = {"term_ends_on": term_ends_on, "planned_on": planned_on}
        yield Entry(planned_on, post(profile, "renewal-plans", body))
    requested_on = max(profile.first_day, elected_on - timedelta(days=draw.randrange(40, 110)))
    if chance.happens(draw, careful) and requested_on < elected_on:
        body = {"term_ends_on": term_ends_on, "assembly_on": elected_on, "requested_on": requested_on}
        yield Entry(requested_on, post(profile, "renewal-requests", body))
    filed_on = max(filed_from, elected_on + timedelta(days=draw.randrange(15, 60)))
    if chance.happens(draw, careful):
        yield Entry(filed_on, post(profile, f"elections/{elected_on}/filing", {"filed_on": filed_on}))


def _filed(profile: Profile, draw: Random, due: date) -> date | None:
    """Most in the last weeks before it is due; the slack late, or never."""
    if chance.happens(draw, 0.25 if profile.slack else 0.02):
        return None
    late = chance.happens(draw, 0.3 if profile.slack else 0.06)
    return due + timedelta(days=draw.randrange(1, 90) if late else -draw.choice((0, 0, 1, 2, 3, 5, 8, 13, 21, 34, 55)))


def _check(profile: Profile, draw: Random, of: int) -> Entry:
    concluded_on = date(of + 1, 6, 1) + timedelta(days=draw.randrange(75))
    body = {"year": of, "conclusion": _conclusion(profile, draw, of), "concluded_on": concluded_on}
    return Entry(concluded_on, post(profile, "annual-checks", body))


def _conclusion(profile: Profile, draw: Random, of: int) -> str:
    failed = chance.happens(draw, 0.12 if profile.slack else 0.0)
    barely = not failed and chance.happens(draw, 0.3 if profile.slack else 0.04)
    if not profile.applies:
        return "failed" if failed else "barely-passed" if barely else "passed"
    last = profile.first_day.year - 1
    if profile.trouble == "last-check-failed" and of == last:
        return "failed"
    return "barely-passed" if profile.trouble == "barely-passed-twice" and of in {last - 1, last} else "passed"


def _change(profile: Profile, draw: Random, year: Year, number: int) -> Iterator[Entry]:
    consented_on = chance.day_of_year(draw, year)
    name = f"change:{profile.code}:{year.name}:{number}"
    body = {"item": draw.choice(ITEMS), "consented_on": consented_on}
    yield Entry(consented_on, post(profile, "changes", body, Keep(name, "change")))
    if chance.happens(draw, 0.9):
        filed_on = consented_on + timedelta(days=draw.randrange(1, 45 if profile.slack else 31))
        yield Entry(filed_on, post(profile, f"changes/{Ref(name)}/filing", {"filed_on": filed_on}))

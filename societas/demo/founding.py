"""The day before the story: everything that already is, recorded on one day with the dates of when it became so."""

from collections.abc import Iterator
from datetime import date, timedelta

from societas.demo import chance, filings, governance, identifiers, journals, members, supervision
from societas.demo.paths import post, put
from societas.demo.profile import Profile
from societas.demo.request import Entry, Keep, Request

COPIED = "W"
"""Societies cared for elsewhere: their part of the list is copied by hand."""


def founding(profile: Profile, today: date) -> Iterator[Entry]:
    """A society's whole past: registered, its members, its council, its party organisation, its rules, its journal."""
    draw = chance.generator(profile.seed, profile.code, "founding")
    yield Entry(today, _registration(profile))
    yield from members.stock(profile, draw, today)
    for organ in governance.ORGANS:
        result = governance.election(profile, draw, organ, profile.last_election_on)
        yield Entry(today, post(profile, "elections", result))
    yield from supervision.leaders(profile, today)
    yield from supervision.past(profile, today)
    if profile.party == "standing":
        since = chance.day_between(draw, date(2015, 1, 1), today - timedelta(days=1))
        yield Entry(today, filings.party_organisation(profile, draw, since))
    if chance.happens(draw, 0.5 + 0.5 * profile.vigour):
        recorded_on = today - timedelta(days=draw.randrange(30, 400))
        yield Entry(today, put(profile, "secretariat", filings.secretariat(profile, draw, recorded_on)))
    yield from _past_filings(profile, today)
    yield from journals.journal(profile, today)


def _registration(profile: Profile) -> Request:
    body = {
        "code": profile.code,
        # Names copied out of lists have blanks after them; membership drops them.
        "name": profile.society.name + ("  " if profile.code.endswith(COPIED) else ""),
        "credit_code": identifiers.credit_code(profile.serial + 1),
        "discipline": profile.society.discipline,
        "registered_on": profile.registered_on,
    }
    return Request("POST", "/api/membership/societies", body, profile.code, Keep(f"society:{profile.code}", "society"))


def _past_filings(profile: Profile, today: date) -> Iterator[Entry]:
    draw = chance.generator(profile.seed, profile.code, "past")
    adopted = filings.regulations_in_order(profile)[: filings.regulations_adopted_before(profile)]
    for regulation in adopted:
        adopted_on = chance.day_between(draw, date(2017, 10, 10), today - timedelta(days=20))
        yield Entry(today, post(profile, "regulations", {"regulation": regulation, "adopted_on": adopted_on}))
    for number in range(min(8, chance.poisson(draw, profile.liveliness * min(4.0, profile.members / 900)))):
        kind, name = draw.choice(filings.BRANCHES)
        filed_on = chance.day_between(draw, profile.registered_on + timedelta(days=60), today - timedelta(days=20))
        body = {"kind": kind, "filed_on": filed_on, "name": f"第{number + 1}{name}"}
        yield Entry(today, post(profile, "branches", body))
    if chance.happens(draw, profile.vigour):  # the council meeting of the year before, entered with the rest
        held_on = today - timedelta(days=draw.randrange(5, 150))
        present = round(profile.council_seats * draw.uniform(0.6, 0.95))
        body = {"organ": "council", "entitled": profile.council_seats, "present": present, "held_on": held_on}
        yield Entry(today, post(profile, "meetings", body))

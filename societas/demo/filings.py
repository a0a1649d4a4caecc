"""What a society files over a year: regulations, branches, its secretariat, its party organisation."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from societas.demo import chance
from societas.demo.governance import FILING_PEAKS
from societas.demo.paths import post, put
from societas.demo.profile import Profile
from societas.demo.request import Entry, Keep, Ref, Request
from societas.demo.year import Year

REGULATIONS = (
    "reform-plan", "charter-revision", "supervisor-duties", "branch-rules", "meeting-rules", "major-matters-rules",
    "personnel-rules", "finance-rules", "archive-rules", "supervision-rules", "disclosure-rules", "service-conduct",
    "staff-conduct", "part-time-rules", "member-rules",
)  # fmt: skip
BRANCHES = (
    ("branch", "分会"),
    ("professional-committee", "专业委员会"),
    ("working-committee", "工作委员会"),
    ("representative-office", "代表机构"),
)
PARTY_FORMS = ("own", "own", "joint", "functional", "functional")


def filings(profile: Profile, year: Year) -> Iterator[Entry]:
    """A year of filings; some are filed a few days after what they tell."""
    draw = chance.generator(profile.seed, profile.code, year.name, "filings")
    yield from _regulations(profile, draw, year)
    yield from _branches(profile, draw, year)
    if chance.happens(draw, 0.3 + 0.4 * profile.vigour):
        day = chance.day_of_year(draw, year, FILING_PEAKS, profile.tilt)
        yield Entry(day, put(profile, "secretariat", secretariat(profile, draw, day, growth=draw.choice((0, 1, 1)))))
    if profile.party == "this-year" and year.index == 0:
        yield _party_organisation_this_year(profile, year)


def regulations_adopted_before(profile: Profile) -> int:
    """How many of the annex's regulations a society had before the first day."""
    draw = chance.generator(profile.seed, profile.code, "annex")
    return round(len(REGULATIONS) * min(1.0, max(0.0, 0.1 + 0.4 * profile.vigour + 0.08 * chance.normal(draw))))


def regulations_in_order(profile: Profile) -> list[str]:
    """In which order a society adopts them."""
    draw = chance.generator(profile.seed, profile.code, "annex-order")
    return draw.sample(REGULATIONS, len(REGULATIONS))


def secretariat(profile: Profile, draw: Random, recorded_on: date, growth: int = 0) -> dict[str, object]:
    """A secretariat (办事机构) that fits the society: staff, a hired secretary-general, an office of its own."""
    staff = min(30, max(0, round(profile.liveliness * 1.6 + profile.members / 1500 + draw.uniform(-1.5, 1.0)) + growth))
    return {
        "full_time_staff": staff,
        "hired_secretary_general": staff > 0 and chance.happens(draw, 0.2 + 0.6 * profile.vigour),
        "own_office": chance.happens(draw, 0.25 + 0.6 * profile.vigour),
        "recorded_on": recorded_on,
    }


def party_organisation(profile: Profile, draw: Random, established_on: date) -> Request:
    """The establishment of a party organisation (党组织)."""
    body = {"form": draw.choice(PARTY_FORMS), "established_on": established_on}
    return post(profile, "party-organisation", body)


def _party_organisation_this_year(profile: Profile, year: Year) -> Entry:
    draw = chance.generator(profile.seed, profile.code, "party")
    day = chance.day_of_year(draw, year)
    return Entry(day, party_organisation(profile, draw, day))


def _branches(profile: Profile, draw: Random, year: Year) -> Iterator[Entry]:
    for number in range(chance.poisson(draw, 0.5 * profile.liveliness)):
        filed_on = chance.day_of_year(draw, year, FILING_PEAKS, profile.tilt)
        kind, name = draw.choice(BRANCHES)
        body = {"kind": kind, "filed_on": filed_on, "name": f"{year.name}年第{number + 1}个新设{name}"}
        kept = Keep(f"branch:{profile.code}:{year.name}:{number + 1}", "branch")
        yield Entry(filed_on, post(profile, "branches", body, kept))
        yield from _branch_review(profile, filed_on, kept.name)


def _branch_review(profile: Profile, filed_on: date, branch: str) -> Iterator[Entry]:
    """The lively review a branch within a year; a few are closed after they failed."""
    draw = chance.generator(profile.seed, profile.code, branch, "review")
    if not chance.happens(draw, 0.9 * profile.vigour):
        return
    day = filed_on + timedelta(days=draw.randrange(60, 300))
    (conclusion,) = draw.choices(("passed", "to-rectify", "failed"), (85, 11, 4))
    review = {"branch": Ref(branch), "conclusion": conclusion, "reviewed_on": day, "title": "年度考核"}
    yield Entry(day, post(profile, "branch-reviews", review))
    if conclusion == "failed":
        closed_on = day + timedelta(days=draw.randrange(10, 60))
        closure = {"branch": Ref(branch), "closed_on": closed_on, "title": "撤销分支机构"}
        yield Entry(closed_on, post(profile, "branch-closures", closure))


def _regulations(profile: Profile, draw: Random, year: Year) -> Iterator[Entry]:
    """A varying part of those still missing, year by year; lively societies finish in two years, others never."""
    left = regulations_in_order(profile)[regulations_adopted_before(profile) :]
    share = max(1, round(len(left) * min(0.9, 0.12 + 0.75 * profile.vigour)))
    for regulation in left[year.index * share : (year.index + 1) * share]:
        adopted_on = chance.day_of_year(draw, year, FILING_PEAKS, profile.tilt)
        filed = adopted_on + timedelta(days=draw.choice((0, 1, 3, 7)))
        yield Entry(filed, post(profile, "regulations", {"regulation": regulation, "adopted_on": adopted_on}))

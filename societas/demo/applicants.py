"""The societies that ask for a grade (社会组织评估): what they put in order first, what assessors find there.

Who asks is not published for any year; one society in eight and all that is told of them here is assumed.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from societas.demo import assessments, chance
from societas.demo.paths import post
from societas.demo.profile import Profile
from societas.demo.records import charter, fees, part_timers
from societas.demo.request import Entry
from societas.demo.year import Year

BEFORE_THE_VISIT = (0.1, 0.2, 1.0, 1.0, 1.0, 1.2, 0.8, 0.6, *(0.0,) * 4)
VISITED_IN = (*(0.0,) * 9, 1.0, 0.8, 0.0)
"""Before the year's review looks at the end of November."""
DISCLOSED = {
    "annual-report": "年度报告",
    "finance": "财务信息",
    "charter": "章程",
    "fees": "会费标准",
    "major-activities": "重大活动",
}
FOUND = (
    "funds-kept",
    "representative-elected",
    "representative-single",
    "representative-age",
    "office-plaque",
    "office-automation",
    "filings-complete",
    "branch-closures-lawful",
    "secretariat-chosen",
    "secretariat-duties",
)
OFFICES = 4
"""How many of the authorities give a mark."""
FIRST_ASSESSOR = 11


def applicants(profile: Profile, year: Year) -> Iterator[Entry]:
    """What an applicant puts in order in the first half of the year, and the visit of its assessors in autumn."""
    if profile.applies:
        draw = chance.generator(profile.seed, profile.code, year.name, "applies")
        yield from _put_in_order(profile, draw, year)
        yield from _visit(profile, draw, year)


def _put_in_order(profile: Profile, draw: Random, year: Year) -> Iterator[Entry]:
    def told(path: str, day: str, title: str, **details: object) -> Entry:
        on = chance.day_of_year(draw, year, BEFORE_THE_VISIT)
        return Entry(on, post(profile, path, {**details, day: on, "title": f"{year.name}年{title}（评估前）"}))

    for content, title in DISCLOSED.items():
        yield told("disclosures", "published_on", f"{title}公开", content=content)
    yield told("charter-approvals", "approved_on", "章程核准", **charter(profile, draw, year))
    yield told("fee-votes", "voted_on", "会费标准表决", **fees(profile, draw, year))
    yield told("staff-trainings", "trained_on", "工作人员培训", trained=draw.randrange(1, 6))
    yield told("part-timer-reviews", "reviewed_on", "兼职人员考核", **part_timers(profile, draw, year))


def _visit(profile: Profile, draw: Random, year: Year) -> Iterator[Entry]:
    day: date = chance.day_of_year(draw, year, VISITED_IN)
    for item in FOUND:
        holds = chance.happens(draw, 0.75 + 0.25 * profile.vigour)
        yield assessments.judgement(profile, day, item, FIRST_ASSESSOR, kind="finding", holds=holds)
    public = assessments.percentage(profile, draw, 55)
    yield assessments.judgement(profile, day, "public-satisfaction", FIRST_ASSESSOR, kind="satisfaction", number=public)
    for office in range(1, OFFICES + 1):
        mark, later = assessments.percentage(profile, draw, 50), day + timedelta(days=draw.randrange(5))
        given = {"kind": "expert-percentage", "number": mark}
        yield assessments.judgement(profile, later, "authority-opinion", FIRST_ASSESSOR + office, **given)

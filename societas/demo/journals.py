"""Journals (科技期刊): who publishes one, and how regularly."""

from collections.abc import Iterator
from datetime import date, timedelta

from societas.demo import chance, identifiers
from societas.demo.profile import Profile
from societas.demo.request import Entry, Keep, Ref, Request
from societas.demo.year import Year

SHARE_WITH_A_JOURNAL = 0.42
SPRING = (*(0.02,) * 3, 1.0, 1.0, 1.0, *(0.02,) * 6)
INDEXES = ("cstpcd", "cstpcd", "cscd", "pku-core", "ei")
PERIODICITIES = (4, 4, 6, 6, 6, 12)


def journal(profile: Profile, today: date) -> Iterator[Entry]:
    """The journal a society has registered long ago, if it has one."""
    draw = chance.generator(profile.seed, profile.code, "journal")
    if not _has_one(profile):
        return
    body = {
        "society": profile.code,
        "title": profile.society.name.removesuffix("学会").removesuffix("研究会").removesuffix("协会") + "学报",
        "issn": identifiers.issn(profile.serial),
        "cn": identifiers.cn(profile.serial),
        "registered_on": chance.day_between(draw, profile.registered_on, today - timedelta(days=400)),
    }
    yield Entry(today, Request("POST", "/api/events/journals", body, profile.code, Keep(_name(profile), "journal")))


def issues(profile: Profile, year: Year) -> Iterator[Entry]:
    """The issues of a year, evenly spread; the less lively publish late or miss some."""
    if not _has_one(profile):
        return
    draw = chance.generator(profile.seed, profile.code, year.name, "issues")
    periodicity = PERIODICITIES[profile.serial % len(PERIODICITIES)]
    for number in range(1, periodicity + 1):
        due = year.first + timedelta(days=365 * number // periodicity - 15)
        if not chance.happens(draw, 0.6 + 0.6 * profile.vigour):
            continue
        published_on = due + timedelta(days=draw.randrange(round(25 * (1.1 - profile.vigour)) + 1))
        body = {"year": int(year.name), "number": number, "published_on": published_on}
        yield Entry(
            published_on, Request("POST", f"/api/events/journals/{Ref(_name(profile))}/issues", body, profile.code)
        )


def figures(profile: Profile, year: Year) -> Iterator[Entry]:
    """The figures of last year, established in spring (assumed, for no society journal of Hubei publishes them)."""
    if not _has_one(profile):
        return
    draw = chance.generator(profile.seed, profile.code, year.name, "figures")
    day = chance.day_of_year(draw, year, SPRING)
    due = PERIODICITIES[profile.serial % len(PERIODICITIES)]
    body = {
        "journal": Ref(_name(profile)),
        "title": f"{int(year.name) - 1}年期刊计量指标",
        "year": int(year.name) - 1,
        "impact_factor": f"{chance.lognormal(draw, 0.2 + profile.vigour, 0.5):.3f}",
        "others_rate": f"{draw.uniform(0.6, 0.98):.2f}",
        "download_increase": round(chance.lognormal(draw, 12_000 * profile.vigour + 100, 0.8)),
        "issues_due": due,
        "issues_online": round(due * draw.uniform(profile.vigour, 1.0)),
        "back_years": draw.randrange(16),
        "in_time": chance.happens(draw, 0.5 + 0.5 * profile.vigour),
        "own_site": chance.happens(draw, 0.4 + 0.6 * profile.vigour),
        "free_abstracts": chance.happens(draw, 0.6),
        "free_full_text": chance.happens(draw, 0.35),
        "foreign_editors": draw.choice((0, 0, 0, 1, 2, 4)),
        "measured_on": day,
    }
    yield Entry(day, Request("POST", f"/api/events/societies/{profile.code}/journal-figures", body, profile.code))
    if chance.happens(draw, 0.3 * profile.vigour):
        index = {
            "journal": Ref(_name(profile)),
            "title": f"{year.name}年收录",
            "index": draw.choice(INDEXES),
            "indexed_on": day,
        }
        yield Entry(
            day, Request("POST", f"/api/events/societies/{profile.code}/journal-indexings", index, profile.code)
        )


def _has_one(profile: Profile) -> bool:
    draw = chance.generator(profile.seed, profile.code, "has-journal")
    return chance.happens(draw, SHARE_WITH_A_JOURNAL * profile.liveliness)


def _name(profile: Profile) -> str:
    return f"journal:{profile.code}"

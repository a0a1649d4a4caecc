"""Plain records of a year: what a society decides, files, discloses and undertakes, each on its day."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from societas.demo import chance
from societas.demo.governance import FILING_PEAKS
from societas.demo.profile import Profile
from societas.demo.request import Entry, Keep, Ref, Request
from societas.demo.year import Year

ENTERED_TWICE = 0.01
WITH_A_GRADE_IN_VIEW = 1.5
"""How much more is recorded of a society that has asked for a grade. Assumed."""

Details = Callable[[Profile, Random, Year], Mapping[str, Any]]


def _nothing(_profile: Profile, _draw: Random, _year: Year) -> Mapping[str, Any]:
    return {}


def _one_of(name: str, *words: str) -> Details:
    return lambda _profile, draw, _year: {name: draw.choice(words)}


def _with_young(name: str, kind: str, words: tuple[str, ...], most: int) -> Details:
    def details(_profile: Profile, draw: Random, _year: Year) -> Mapping[str, Any]:
        count = draw.randrange(1, most + 1)
        return {kind: draw.choice(words), name: count, "young": draw.randrange(count + 1)}

    return details


def _served(words: tuple[str, ...]) -> Details:
    return lambda profile, draw, _year: {
        "kind": draw.choice(words),
        "served": max(5, round(min(400, profile.members) * draw.uniform(0.05, 0.5))),
    }


def fees(profile: Profile, draw: Random, _year: Year) -> Mapping[str, Any]:
    """A vote on the fees: who may, who came, who agreed."""
    entitled = max(20, min(profile.members, 300))
    present = round(entitled * draw.uniform(0.6, 0.95))
    in_favour = round(present * draw.uniform(0.48, 0.98))
    return {
        "entitled": entitled,
        "present": present,
        "in_favour": in_favour,
        "secret_ballot": chance.happens(draw, 0.3 + 0.65 * profile.vigour),
    }


def _delegates(profile: Profile, draw: Random, _year: Year) -> Mapping[str, Any]:
    delegates = max(20, min(profile.members, 300))
    return {"delegates": delegates, "front_line": round(delegates * draw.uniform(0.4, 0.9))}


def part_timers(_profile: Profile, draw: Random, _year: Year) -> Mapping[str, Any]:
    """A review of those who work part-time, and whether the retired officials among them are approved."""
    reviewed, retired = draw.randrange(3, 25), draw.randrange(4)
    approved = retired if chance.happens(draw, 0.85) else draw.randrange(retired + 1)
    return {
        "reviewed": reviewed,
        "replaced": draw.randrange(1 + reviewed // 4),
        "retired_officials": retired,
        "approved": approved,
    }


def charter(profile: Profile, draw: Random, _year: Year) -> Mapping[str, Any]:
    """Whether the charter that is approved follows the model and has the party clauses."""
    return {
        "model_text": chance.happens(draw, 0.5 + 0.5 * profile.vigour),
        "party_clauses": chance.happens(draw, 0.6 + 0.4 * profile.vigour),
    }


def _audit(_profile: Profile, draw: Random, year: Year) -> Mapping[str, Any]:
    (opinion,) = draw.choices(("unqualified", "qualified", "adverse", "disclaimed"), (90, 8, 1, 1))
    return {"year": int(year.name) - 1, "opinion": opinion}


def _stage(stage: str) -> Details:
    return lambda _profile, _draw, year: {"year": int(year.name), "stage": stage}


def _training(_profile: Profile, draw: Random, _year: Year) -> Mapping[str, Any]:
    return {"trained": draw.randrange(1, 6)}


def _independence(profile: Profile, draw: Random, _year: Year) -> Mapping[str, Any]:
    return {"independent": chance.happens(draw, 0.1 + 0.5 * profile.vigour)}


def _advice(profile: Profile, draw: Random, _year: Year) -> Mapping[str, Any]:
    (level,) = draw.choices(("national", "provincial", "municipal", "county"), (5, 45, 35, 15))
    return {"level": level, "adopted": chance.happens(draw, 0.2 + 0.4 * profile.vigour)}


@dataclass(frozen=True, slots=True)
class Habit:
    """What is recorded under a path of a service: how often a year, on which day's field, with which details."""

    service: str
    path: str
    day: str
    yearly: float
    title: str
    details: Details = _nothing
    seasons: tuple[float, ...] = field(default=FILING_PEAKS)


EARLY, MIDDLE, END = (1.0, 1.0, *(0.02,) * 10), (*(0.02,) * 5, 1.0, 1.0, *(0.02,) * 5), (*(0.02,) * 10, 1.0, 1.0)

# How often such things happen is published nowhere: every rate here is assumed, for a society of average vigour.
HABITS = (
    Habit("membership", "delegates", "elected_on", 0.2, "会员代表选举", _delegates),
    Habit(
        "membership",
        "major-matters",
        "decided_on",
        0.9,
        "集体决策",
        _one_of("matter", "major-matter", "major-project", "large-sum"),
    ),
    Habit("membership", "work-stages", "reported_on", 0.75, "年度工作计划", _stage("plan"), EARLY),
    Habit("membership", "work-stages", "reported_on", 0.45, "年中进度检查", _stage("mid-year"), MIDDLE),
    Habit("membership", "work-stages", "reported_on", 0.7, "年终工作总结", _stage("summary"), END),
    Habit("membership", "charter-approvals", "approved_on", 0.15, "章程核准", charter),
    Habit("membership", "fee-votes", "voted_on", 0.2, "会费标准表决", fees),
    Habit("membership", "finance-audits", "audited_on", 0.7, "年度财务审计", _audit),
    Habit(
        "membership",
        "disclosures",
        "published_on",
        1.2,
        "信息公开",
        _one_of("content", "annual-report", "finance", "charter", "fees", "major-activities"),
    ),
    Habit("membership", "staff-trainings", "trained_on", 0.6, "工作人员培训", _training),
    Habit("membership", "part-timer-reviews", "reviewed_on", 0.4, "兼职人员考核", part_timers, END),
    Habit(
        "membership",
        "member-services",
        "provided_on",
        1.0,
        "会员服务",
        _served(("training", "information", "consulting", "rights", "online")),
    ),
    Habit("membership", "support-declarations", "declared_on", 0.3, "支撑单位情况", _independence),
    Habit(
        "membership",
        "honours",
        "received_on",
        0.15,
        "获得表彰",
        _one_of("level", "national", "provincial", "provincial", "municipal", "county"),
    ),
    Habit(
        "events",
        "talents",
        "recommended_on",
        0.7,
        "人才举荐",
        _with_young(
            "recommended",
            "programme",
            ("youth-support", "youth-support", "academician", "science-award", "international-post", "overseas-talent"),
            4,
        ),
    ),
    Habit(
        "events",
        "awards",
        "conferred_on",
        0.2,
        "科技奖励",
        _one_of("level", "international", "national", "provincial", "provincial", "society"),
    ),
    Habit("events", "advice", "submitted_on", 0.5, "决策咨询建议", _advice),
    Habit(
        "events",
        "bases",
        "established_on",
        0.35,
        "基地",
        _one_of(
            "kind",
            "science-popularisation",
            "innovation-cooperation",
            "academician-workstation",
            "service-station",
            "entrepreneurship",
        ),
    ),
    Habit(
        "events",
        "standards",
        "issued_on",
        0.3,
        "标准",
        _one_of("level", "national", "industry", "local", "group", "group", "group"),
    ),
    Habit(
        "events",
        "functions",
        "undertaken_on",
        0.3,
        "承接职能",
        _one_of("function", "evaluation", "standards", "qualification", "award-nomination", "procured-service"),
    ),
    Habit(
        "events",
        "technical-services",
        "provided_on",
        0.9,
        "技术服务",
        _served(("transfer", "appraisal", "consulting", "poverty-alleviation", "entrepreneurship")),
    ),
    Habit(
        "events",
        "exchanges",
        "made_on",
        0.4,
        "国际交流",
        _with_young("participants", "kind", ("visit", "conference-report", "joint-research"), 5),
    ),
)
PARTY_WORK = Habit(
    "membership",
    "party-works",
    "done_on",
    1.5,
    "党的工作",
    _one_of("kind", "meetings-and-lessons", "party-day", "organisational-life", "appraisal", "strong-society-project"),
)
PENALTY = Habit(
    "membership",
    "penalties",
    "imposed_on",
    0.03,
    "行政处罚",
    _one_of("kind", "warning", "warning", "fine", "suspension"),
)


def records(profile: Profile, year: Year) -> Iterator[Entry]:
    """A year of plain records; most are told within days, some are entered twice and taken back."""
    for place, habit in enumerate(HABITS):
        yearly = habit.yearly * profile.liveliness * (WITH_A_GRADE_IN_VIEW if profile.applies else 1)
        yield from _year_of(profile, year, habit, yearly, place)
    if profile.party == "standing":
        yield from _year_of(profile, year, PARTY_WORK, PARTY_WORK.yearly * profile.liveliness, len(HABITS))
    yield from _year_of(profile, year, PENALTY, PENALTY.yearly * (1.5 - profile.vigour), len(HABITS) + 1)


def _year_of(profile: Profile, year: Year, habit: Habit, yearly: float, place: int) -> Iterator[Entry]:
    draw = chance.generator(profile.seed, profile.code, year.name, "records", place)
    for number in range(chance.poisson(draw, yearly)):
        day = chance.day_of_year(draw, year, habit.seasons, profile.tilt)
        title = f"{year.name}年{habit.title}（{place}-{number + 1}）"
        body = {**habit.details(profile, draw, year), habit.day: day, "title": title}
        yield from _told(profile, f"/api/{habit.service}/societies/{profile.code}/{habit.path}", body, day, draw)


def _told(profile: Profile, path: str, body: Mapping[str, Any], day: date, draw: Random) -> Iterator[Entry]:
    told = day + timedelta(days=draw.choice((0, 1, 2, 5)) if chance.happens(draw, 0.9) else draw.randrange(10, 40))
    if not chance.happens(draw, ENTERED_TWICE):
        yield Entry(told, Request("POST", path, body, profile.code))
        return
    name = f"record:{profile.code}:{body['title']}"
    yield Entry(told, Request("POST", path, body, profile.code, Keep(name, "record")))
    later = told + timedelta(days=draw.randrange(1, 20))
    reason = {"reason": "重复登记"}
    yield Entry(later, Request("POST", f"{path}/{Ref(name)}/withdrawal", reason, profile.code))

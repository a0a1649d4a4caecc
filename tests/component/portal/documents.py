"""Documents as evaluation publishes them, realistic enough to render: a stand-in until the real one is there."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

SOCIETIES = [
    ("A-01", "中国数学会", "science"),
    ("A-02", "中国物理学会", "science"),
    ("A-46G", "国际动物学会", "science"),
    ("B-01", "中国机械工程学会", "engineering"),
    ("B-05", "中国电机工程学会", "engineering"),
    ("C-01", "中国农学会", "agriculture"),
    ("C-06", "中国畜牧兽医学会", "agriculture"),
    ("D-01", "中华医学会", "medicine"),
    ("D-27W", "中国睡眠研究会", "medicine"),
    ("E-01", "中国自然辩证法研究会", "interdisciplinary"),
]
POLICY = {"id": "hubei-2017", "version": "2017.1"}
CLAUSE = "鄂科协办〔2017〕86号"


def row(place: int, code: str, name: str, discipline: str) -> dict[str, Any]:
    total = max(Decimal("96.5") - Decimal(place) * Decimal("0.37"), Decimal("5.25"))
    standing = "support" if place <= 30 else "foster" if place <= 80 else "regular" if place % 9 else "restructure"
    return {
        "society": code,
        "name": name,
        "total": str(total),
        "max": "100",
        "completeness": str(Decimal(100 - place * 37 % 45) / 100),
        "grade": ["5A", "4A", "3A", "2A", "1A", None][min(place // 36, 5)],
        "rank": place,
        "class": standing,
        "movement": [-11, 3, 0, -2, 0, 1, 2][place % 7],
        "peer_group": discipline,
        "peer_rank": place // 3 + 1,
        "peer_size": 70,
        "vetoes": ["no-party-organisation"] if standing == "restructure" else [],
        "indicators": {"council-meetings": {"outcome": "met", "points": "4", "max": "4"}},
    }


def board(societies: Sequence[tuple[str, str, str]] = SOCIETIES, *, demo: bool = True) -> dict[str, Any]:
    return {
        "policy": POLICY
        | {"title": text("湖北省科协所属学会改革评价", "Reform of the societies of the Hubei association")},
        "as_of": "2026-06-30",
        "known_at": "2026-06-30T16:00:00.000000Z",
        "positions": {"membership/0": 41_207, "events/0": 18_412, "federation/0": 1_377},
        "hash": "sha256:" + "0" * 64,
        "demo": demo,
        "ratings": [row(place, *society) for place, society in enumerate(societies, 1)],
    }


def event(number: int, wire_type: str, on: str) -> dict[str, Any]:
    return {"event": f"01980f3c-7b1a-7c3e-9a41-{number:012d}", "type": wire_type, "on": on}


def text(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


GROUPS = {"structure": text("治理结构", "Governance structure"), "ways": text("治理方式", "Ways of governing")}
INDICATORS: list[dict[str, Any]] = [
    {
        "id": "front-line-council",
        "group": "structure",
        "clause": "四（一）2",
        "title": text("理事会基层一线科技工作者比例", "Front-line workers in the council"),
        "reason": text("理事会四分之三以上应为基层一线科技工作者。", "At least three quarters of the council."),
        "ours": None,
        "max": "6",
        "remedy": text("换届时增加基层一线理事。", "Elect more front-line members at the next renewal."),
    },
    {
        "id": "members",
        "group": "structure",
        "clause": "四（一）3；附件12",
        "title": text("个人会员规模", "Individual members"),
        "reason": text("扩大个人会员数量。", "Societies are to grow their individual membership."),
        "ours": text("300人为文件所定，分档为本平台所定。", "300 is the document's; the steps are ours."),
        "max": "8",
        "remedy": text("发展个人会员。", "Admit individual members."),
    },
    {
        "id": "council-meetings",
        "group": "ways",
        "clause": "四（二）5",
        "title": text("理事会会议次数", "Council meetings"),
        "reason": text("确保理事会依法依章履职。", "The council is to do its duty."),
        "ours": text("次数为本平台所定。", "The number of meetings is the platform's."),
        "max": "4",
        "remedy": text("召开理事会会议。", "Hold a council meeting."),
    },
    {
        "id": "part-time-rules",
        "group": "ways",
        "clause": "附件11",
        "title": text("兼职工作人员管理办法", "Rules for part-time staff"),
        "reason": text("规范兼职人员履职。", "Part-time duties are to be regulated."),
        "ours": None,
        "max": "2",
        "remedy": text("制定并报备该办法。", "Adopt and file these rules."),
    },
    {
        "id": "journal",
        "group": "ways",
        "clause": "四（六）14",
        "title": text("科技期刊按期出版", "Journals appear on time"),
        "reason": text("打造高水平科技期刊。", "Journals of quality."),
        "ours": None,
        "max": "0",
        "remedy": text("按期出版。", "Publish every issue on time."),
    },
]
FINDINGS: dict[str, dict[str, Any]] = {
    "front-line-council": {
        "outcome": "unknown",
        "points": "0",
        "measures": [{"id": "council", "title": text("理事会构成", "Council"), "value": None, "window": None}],
        "arithmetic": text("尚未收到理事会选举结果。", "No election of the council has been reported."),
        "missing": text("报告理事会选举结果可得6分。", "Reporting the council's election would earn 6 points."),
    },
    "members": {
        "outcome": "partly",
        "points": "5.5",
        "prospect": {
            "points": "2.5",
            "rank": {"now": 31, "then": 29},
            "grade": {"now": "4A", "then": "5A"},
            "class": {"now": "foster", "then": "support"},
        },
        "measures": [
            {"id": "members", "title": text("个人会员数", "Individual members"), "value": 612, "window": None}
        ],
        "evidence": [
            {**event(1, "membership.members-admitted.v1", "2025-09-14"), "measure": "members", "contributed": 600},
            {
                **event(2, "membership.member-admitted.v1", "2026-03-02"),
                "measure": "members",
                "contributed": 12,
                "against": [text("人数为 12；当日会员为 600", "count is 12; members was 600 on that day")],
            },
        ],
        "evidence_more": 31,
        "set_aside": [
            {
                **event(3, "membership.member-admitted.v1", "2026-03-03"),
                "measures": ["members"],
                "reason": {"code": "repeated", **text("已计入", "Already counted")},
                "by": event(2, "", "")["event"],
            }
        ],
        "arithmetic": text("612人，500人以上得5.5分，满分8分。", "612 members: from 500 on 5.5 of 8 points."),
        "missing": text("再发展388人可得2.5分。", "388 more members would earn 2.5 points."),
    },
    "council-meetings": {
        "outcome": "met",
        "points": "4",
        "measures": [
            {
                "id": "meetings",
                "title": text("有效会议", "Valid meetings"),
                "value": 2,
                "window": {"from": "2025-07-01", "to": "2026-06-30"},
            }
        ],
        "evidence": [
            {**event(4, "membership.meeting-held.v1", "2025-11-20"), "measure": "meetings", "contributed": 1},
            {**event(5, "membership.meeting-held.v1", "2026-04-18"), "measure": "meetings", "contributed": 1},
        ],
        "arithmetic": text("一年内2次，达到2次得满分4分。", "2 in a year; 2 earn all 4 points."),
        "missing": None,
    },
    "part-time-rules": {
        "outcome": "unmet",
        "points": "0",
        "arithmetic": text("未制定，0分。", "Not adopted: 0 points."),
        "missing": text("制定该办法可得2分。", "Adopting these rules would earn 2 points."),
    },
    "journal": {
        "outcome": "not-applicable",
        "points": "0",
        "arithmetic": text("学会不办期刊，不计分。", "The society keeps no journal; nothing is counted."),
        "missing": None,
    },
}


def subtotal(id_: str, points: str, most: str, known: str, inside: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    title = GROUPS.get(id_, text("治理", "Governance"))
    return {"id": id_, "title": title, "points": points, "max": most, "known": known, "sections": list(inside)}


TREND = {
    "points": [
        {"as_of": "2026-06-27", "total": "8", "max": "20", "share": "0.4", "rank": 5},
        {"as_of": "2026-06-28", "total": "8.5", "max": "20", "share": "0.425", "rank": 5},
        {"as_of": "2026-06-29", "total": "9.5", "max": "20", "share": "0.475", "rank": 2},
    ],
    "changes": {"7": {"since": "2026-06-22", "share": "0.075", "rank": 3}, "30": None, "90": None},
}


def explanation(society: tuple[str, str, str] = SOCIETIES[1], standing: dict[str, Any] | None = None) -> dict[str, Any]:
    code, name, _ = society
    return {
        "society": code,
        "name": name,
        "policy": POLICY,
        "demo": True,
        "standing": standing,
        "trend": TREND,
        "as_of": "2026-06-30",
        "known_at": None,
        "total": "9.5",
        "max": "20",
        "completeness": "0.7",
        "grade": {"id": "3A", "title": text("3A级", "Grade 3A")},
        "vetoes": [
            {
                "id": "no-party-organisation",
                "clause": "四（五）11",
                "title": text("未建立党的组织", "No party organisation"),
                "caps": {"grade": "3A", "classes": ["support", "foster"]},
                "holds": True,
                "condition": text("党组织 未建立", "Party organisation: not established"),
            }
        ],
        "profile": {"id": "young", "clause": "五", "title": text("新成立学会", "Newly founded")},
        "size": {"id": "large", "title": text("大型学会", "Large")},
        "eligibility": [
            {"id": "two-years", "clause": "三", "title": text("登记满两年", "Registered for two years"), "holds": True},
            {"id": "checked", "clause": "四", "title": text("年检合格", "Annual check passed"), "holds": None},
            {"id": "clean", "clause": "五", "title": text("未受处罚", "No penalty"), "holds": False},
        ],
        "sections": [
            subtotal(
                "whole", "9.5", "20", "14", [subtotal("structure", "5.5", "14", "8"), subtotal("ways", "4", "6", "6")]
            )
        ],
        "indicators": [indicator | FINDINGS[indicator["id"]] for indicator in INDICATORS],
    }


def policy() -> dict[str, Any]:
    return {
        "policy": POLICY["id"],
        "version": POLICY["version"],
        "title": text("湖北省科协所属学会改革评价", "Reform of the societies of the Hubei association"),
        "source": text("关于深化学会改革的实施意见", "On the reform of societies")
        | {"number": CLAUSE, "issued": "2017-10-10"},
        "in_force": {"from": "2017-10-10"},
        "points": "20",
        "hash": "sha256:" + "1" * 64,
        "groups": {id_: {**title, "points": "10", "within": None} for id_, title in GROUPS.items()},
        "indicators": [{**indicator, "points": indicator["max"]} for indicator in INDICATORS],
        "grades": [
            {"id": each, "title": text(f"{each}级", f"Grade {each}"), "at_least": f"{least}%"}
            for each, least in (("5A", 90), ("4A", 80), ("3A", 70), ("2A", 60), ("1A", 0))
        ],
        "classes": {
            "quotas": [
                {"id": "support", "title": text("重点支持", "Key support"), "clause": "三", "size": 30},
                {"id": "foster", "title": text("培育扶持", "Fostered"), "clause": "三", "size": 50},
            ],
            "rule": {
                "id": "restructure",
                "title": text("重组淘汰", "Restructure"),
                "clause": "四（二）7",
                "ours": text("条件由本平台拟定。", "The condition is the platform's."),
            },
            "rest": {"id": "regular", "title": text("常规管理", "Regular")},
        },
        "ties": {"note": text("同分者，完整度高者在前。", "Among equals the more complete goes first."), "order": []},
        "vetoes": explanation()["vetoes"],
    }


def review() -> dict[str, Any]:
    """A review that is published for objection."""
    return {
        "review": "review-2025",
        "phase": "published",
        "binding": False,
        "policy": {"id": "hubei-2017", "version": "1"},
        "as_of": "2025-11-30",
        "steps": 4,
        "chain": "sha256:" + "0" * 64,
        "opened_on": "2025-12-01",
        "published_on": "2025-12-01",
        "objections_until": "2025-12-08",
        "objections": [],
        "timetable": [],
    }


def policies() -> dict[str, Any]:
    named = {"title": text("湖北省科协所属学会改革评价", "Reform of the societies"), "in_force": {"from": "2017-10-10"}}
    return {"active": POLICY, "policies": [POLICY | named, POLICY | named | {"version": "2018.1"}]}


def whatif() -> dict[str, Any]:
    moved = {"title": text("个人会员规模", "Individual members"), "clause": "四（一）3"}
    before = {"total": "70", "max": "100", "rank": 30, "grade": "3A", "class": "support"}
    after = {"total": "67.5", "max": "100", "rank": 34, "grade": "3A", "class": "foster"}
    return {
        "before": POLICY | {"in_force": {"from": "2011-03-01", "until": "2026-02-28", "on_the_day": False}},
        "after": POLICY
        | {"version": "2018.1", "validity": {"valid_from": "2027-01-01", "valid_until": "2031-12-31", "clause": "八"}},
        "as_of": "2026-06-30",
        "demo": True,
        "summary": {
            "societies": 10,
            "ranks_changed": 5,
            "totals_changed": 1,
            "grades_changed": 0,
            "classes_changed": 2,
            "classes": [{"from": "support", "to": "foster", "societies": 1}],
        },
        "indicators": [moved | {"societies": 1, "gained": "0", "lost": "2.5"}],
        "societies": [
            {
                "society": "A-02",
                "name": "中国物理学会",
                "change": "-2.5",
                "ranks": -4,
                "before": before,
                "after": after,
                "contributions": [moved | {"points": "-2.5"}],
            },
            {"society": "A-01", "name": "中国数学会", "change": "0", "ranks": 0, "before": before, "after": before},
            {
                "society": "A-03",
                "name": "中国力学学会",
                "change": "0",
                "ranks": 0,
                "before": before,
                "after": before,
                "rulings": [{"kind": "requirement", "id": "checked", "before": True, "after": False}],
            },
        ],
        "rulings": [
            {
                "kind": "requirement",
                "id": "checked",
                "clause": "第七条",
                "title": text("上年度参加年检", "Checked last year"),
                "before": 19,
                "after": 5,
            }
        ],
    }

"""Facts to rate: single ones by hand, and whole histories by chance."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from contracts.calendar import instant, midnight
from services.evaluation.domain import Fact, Policy, load_policy

SOCIETY = "A-18"
TODAY = date(2018, 6, 30)
HUBEI = Path("tests/unit/evaluation/short_hubei.yaml")
RECORDED = "2018-07-01T00:00:00.000000Z"

_numbers = count(1)


@cache
def hubei() -> Policy:
    return load_policy(HUBEI.read_text())


def told(
    event: str,
    on: date | str = TODAY,
    /,
    *,
    id_: str | None = None,
    recorded: str = RECORDED,
    society: str = SOCIETY,
    **data: Any,
) -> Fact:
    """A fact of the event (version 1) on a day."""
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return Fact.make(
        id=id_ or f"00000000-0000-7000-8000-{next(_numbers):012d}",
        type=f"{event}.v1",
        subject=society,
        time=instant(midnight(day)),
        recorded=recorded,
        data=data,
    )


def registered(on: date | str = "2017-01-01", society: str = SOCIETY, name: str = "学会") -> Fact:
    return told("membership.society-registered", on, society=society, name=name, discipline="science")


def meeting(on: date | str = TODAY, organ: str = "council", *, present: int = 30, **more: Any) -> Fact:
    return told("membership.meeting-held", on, meeting="m", organ=organ, entitled=40, present=present, **more)


def activity(on: date | str = TODAY, kind: str = "salon", **more: Any) -> Fact:
    data = {"activity": f"a{next(_numbers)}", "level": "society", "role": "host", "attendance": 9, "papers": 0} | more
    return told("events.activity-held", on, kind=kind, **data)


def admitted(on: date | str = TODAY, kind: str = "individual", number: int = 1, **more: Any) -> Fact:
    return told("membership.members-admitted", on, kind=kind, count=number, batch="b", **more)


def elected(organ: str = "council", *, seats: int = 40, front_line: int = 30, on: date | str = "2018-01-01") -> Fact:
    data = {"seats": seats, "front_line": front_line, "young": seats // 2, "term_ends_on": "2022-01-01"}
    return told("membership.council-elected", on, organ=organ, **data)


def withdrawn(fact: Fact, recorded: str = RECORDED, **more: Any) -> Fact:
    return told("membership.meeting-withdrawn", fact.on, withdraws=fact.id, recorded=recorded, **more)


def corrected(fact: Fact, recorded: str = RECORDED, on: date | None = None, **changes: Any) -> Fact:
    data = {**fact.data, **changes}
    return told("events.activity-corrected", on or fact.on, recorded=recorded, **{**data, "corrects": fact.id})


_DAYS = st.dates(date(2015, 1, 1), date(2019, 12, 31))
_ACTIVITIES = {
    "activity": st.sampled_from([f"x{number}" for number in range(6)]),
    "kind": st.sampled_from(["academic-meeting", "forum", "salon", "lecture", "matchmaking"]),
    "level": st.sampled_from(["international", "national", "provincial", "society"]),
    "role": st.sampled_from(["host", "co-host", "supporter"]),
}
_KINDS = st.sampled_from(["individual", "student", "unit"])
_ENDS = st.sampled_from(["2016-06-30", "2017-12-31", "2019-02-28"])
_LEADERS = st.sampled_from(["l1", "l2"])
_COUNTS = st.integers(1, 400)
_SHAPES = {
    "membership.society-registered": {"name": st.sampled_from(["甲", "乙"]), "discipline": st.just("science")},
    "membership.members-admitted": {"kind": _KINDS, "count": _COUNTS},
    "membership.members-ended": {"kind": _KINDS, "count": _COUNTS},
    "membership.council-elected": {
        "organ": st.sampled_from(["council", "standing-council", "supervisors"]),
        "seats": st.integers(1, 60),
        "front_line": st.integers(0, 60),
        "young": st.integers(0, 60),
        "term_ends_on": _ENDS | _DAYS.map(date.isoformat),
    },
    "membership.deferral-approved": {"term_ends_on": _ENDS, "deferred_until": _DAYS.map(date.isoformat)},
    "membership.renewal-requested": {"term_ends_on": _ENDS, "assembly_on": _DAYS.map(date.isoformat)},
    "membership.leader-elected": {"leader": _LEADERS, "term_number": st.integers(1, 3)},
    "membership.leader-left": {"leader": _LEADERS},
    "membership.leader-limit-approaching": {"leader": _LEADERS, "counts_from": _DAYS.map(date.isoformat)},
    "membership.work-report-filed": {"year": st.integers(2014, 2018), "addressee": st.just("supervisor")},
    "membership.party-organisation-established": {"form": st.sampled_from(["own", "joint", "functional"])},
    "membership.meeting-held": {
        "organ": st.sampled_from(["council", "standing-council"]),
        "entitled": st.just(30),
        "present": st.integers(15, 30),
    },
    "membership.regulation-adopted": {"regulation": st.sampled_from(["finance-rules", "reform-plan", "branch-rules"])},
    "events.activity-held": _ACTIVITIES,
    "events.issue-published": {"journal": st.just("j"), "number": st.integers(1, 12)},
    "federation.society-admitted": {"federation": st.just("life")},
    "federation.society-released": {"federation": st.just("life")},
    "events.journal-registered": {"journal": st.just("j")},
    "evaluation.assessment-recorded": {
        "item": st.sampled_from(["i0", "i1", "i2"]),
        "kind": st.sampled_from(["expert-percentage", "false-evidence", "finding"]),
        "assessor": st.sampled_from(["x", "y", "z", "w"]),
        "number": st.none() | st.sampled_from(["0", "33.3", "82.5", "100", "-7"]),
        "word": st.none() | st.sampled_from(["lead", "part"]),
        "holds": st.none() | st.booleans(),
        "answer": st.none() | st.sampled_from(["1", "2"]),
        "concerns": st.just(None),
    },
}


@st.composite
def events(draw: st.DrawFn, society: str = SOCIETY) -> Fact:
    """Any event that stands for itself."""
    event = draw(st.sampled_from(sorted(_SHAPES)))
    data = {field: draw(values) for field, values in _SHAPES[event].items()}
    recorded = instant(midnight(draw(_DAYS)))
    return told(event, draw(_DAYS), recorded=recorded, society=society, id_=str(draw(st.uuids())), **data)


@st.composite
def histories(draw: st.DrawFn) -> Sequence[Fact]:
    """Up to two dozen events, some withdrawn or corrected, and some corrections withdrawn."""
    facts = draw(st.lists(events(), min_size=1, max_size=24, unique_by=lambda fact: fact.id))
    amendments: list[Fact] = []
    for _ in range(draw(st.integers(0, 5))):
        fact = draw(st.sampled_from([*facts, *amendments]))
        recorded, id_ = instant(midnight(draw(_DAYS))), str(draw(st.uuids()))
        if "withdraws" in fact.data:
            continue
        if "corrects" in fact.data or draw(st.booleans()):
            amendments.append(withdrawn(fact, recorded, id_=id_))
        else:
            right = {field: draw(values) for field, values in _SHAPES[fact.type.removesuffix(".v1")].items()}
            amendments.append(corrected(fact, recorded, on=draw(_DAYS), id_=id_, **right))
    return [*facts, *amendments]

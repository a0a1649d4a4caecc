"""The story's requests as the facts that evaluation would hear: what assessments read, without the platform between."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count
from typing import Any

from contracts.calendar import instant, midnight
from records import types_in
from services.evaluation.domain import Fact
from services.events import records as undertaken
from services.membership import records as governed
from societas.demo.request import Ref, Request

DEFINED = (one.record for package in (governed, undertaken) for one in types_in(package))
PLAIN = {record.path: (record.event.type, record.day) for record in DEFINED} | {
    "elections": ("membership.council-elected.v1", "elected_on"),
    "leaders": ("membership.leader-elected.v1", "elected_on"),
    "party-organisation": ("membership.party-organisation-established.v1", "established_on"),
    "secretariat": ("membership.secretariat-recorded.v1", "recorded_on"),
    "meetings": ("membership.meeting-held.v1", "held_on"),
    "regulations": ("membership.regulation-adopted.v1", "adopted_on"),
    "branches": ("membership.branch-filed.v1", "filed_on"),
    "annual-checks": ("membership.annual-check-concluded.v1", "concluded_on"),
    "issues": ("events.issue-published.v1", "published_on"),
    "assessments": ("evaluation.assessment-recorded.v1", "assessed_on"),
}
UNSAID = {"assessments": {"number": None, "word": None, "holds": None, "answer": None}}


def retold(days: Iterable[tuple[date, list[Request]]]) -> Iterator[Fact]:
    """Records that are taken back are left out, and so are corrections: small matters here."""
    activities: dict[str, Request] = {}
    told, numbers = [(day, one) for day, requests in days for one in requests], count(1)
    taken_back = {one.path.split("/")[-2] for _, one in told if one.path.endswith("/withdrawal")}
    for day, one in told:
        *_, before, end = one.path.split("/")
        if one.keep and f"<{one.keep.name}>" in taken_back:
            continue
        if end == "activities" and one.keep:
            activities[f"<{one.keep.name}>"] = one
        for kind, society, on, data in _facts(one, before, end, activities.get(before), day):
            said = {name: _plain(value) for name, value in data.items() if name != "title"}
            times = {"time": instant(midnight(on)), "recorded": instant(midnight(day))}
            yield Fact.make(id=f"{next(numbers):032d}", type=kind, subject=society, data=said, **times)


def _facts(
    one: Request, before: str, end: str, activity: Request | None, day: date
) -> Iterator[tuple[str, str, date, dict[str, Any]]]:
    society, body = str(one.society), dict(one.body)
    if end in PLAIN:
        kind, on = PLAIN[end]
        yield kind, society, body[on], UNSAID.get(end, {}) | body
    elif end == "societies":
        yield "membership.society-registered.v1", society, body["registered_on"], body
    elif end == "bulk":
        admitted = {"kind": body["kind"], "count": len(body["members"])}
        yield "membership.members-admitted.v1", society, day, admitted
    elif end == "held" and activity:
        announced = activity.body
        for organiser in announced["organisers"]:
            figures = {name: body[name] for name in ("attendance", "papers")} | {"activity": before}
            what = {name: announced[name] for name in ("kind", "level")} | {"role": organiser["role"]}
            yield "events.activity-held.v1", organiser["society"], body["held_on"], figures | what


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Ref) else value

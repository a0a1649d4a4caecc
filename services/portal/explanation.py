"""What evaluation says of one society: every point, its clause, its events."""

from typing import Any

import msgspec

from services.portal.documents import GradeName, PolicyName, Row, Text, Veto


class Window(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """The days a measure looks at, both included; open where None."""

    start: str | None = None
    end: str | None = None


class Measure(msgspec.Struct, frozen=True):
    """What was counted for an indicator, and the value it came to."""

    id: str
    title: Text = ""
    value: Any = None
    window: Window | None = None


class Evidence(msgspec.Struct, frozen=True):
    """An event that gave something to a measure: its id, its type, its day, and what it gave."""

    event: str
    type: str
    on: str
    measure: str = ""
    contributed: Any = None


class SetAside(msgspec.Struct, frozen=True):
    """An event that counted for nothing, why, and the event that put it aside where one did."""

    event: str
    type: str
    on: str
    reason: Text = ""
    by: str | None = None


class Finding(msgspec.Struct, frozen=True):
    """One indicator of one society: what it earned, by which clause, from which events, and what is missing.

    `ours` is there where a number is the platform's own and not the document's.
    """

    id: str
    title: Text
    outcome: str
    points: str
    max: str
    group: str = ""
    clause: str = ""
    reason: Text | None = None
    ours: Text | None = None
    measures: list[Measure] = []
    evidence: list[Evidence] = []
    evidence_more: int = 0
    set_aside: list[SetAside] = []
    set_aside_more: int = 0
    arithmetic: Text | None = None
    missing: Text | None = None
    remedy: Text | None = None


class Explanation(msgspec.Struct, frozen=True):
    """Everything behind one society's rating; `standing` is its row of the board, once it is listed there."""

    society: str
    name: str
    policy: PolicyName
    as_of: str
    total: str
    max: str
    completeness: str
    indicators: list[Finding]
    grade: GradeName | None = None
    vetoes: list[Veto] = []
    restructure: Veto | None = None
    standing: Row | None = None
    demo: bool = False

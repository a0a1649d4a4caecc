"""What evaluation says of one society: every point, its clause, its events."""

from collections.abc import Iterator
from typing import Any

import msgspec

from services.portal.documents import GradeName, PolicyName, Row, Text, Veto
from services.portal.trend import Trend


class Window(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """The days a measure looks at, both included; open where None."""

    start: str | None = None
    end: str | None = None


class Measure(msgspec.Struct, frozen=True):
    """What was counted for an indicator, and the value it came to."""

    id: str
    title: Text = ""
    value: Any = None
    said: Text = ""
    window: Window | None = None


class Evidence(msgspec.Struct, frozen=True):
    """An event that gave something to a measure: its id, type and day, what it gave, and what it was held against."""

    event: str
    type: str
    on: str
    measure: str = ""
    contributed: Any = None
    against: list[Text] = []


class SetAside(msgspec.Struct, frozen=True):
    """An event that counted for nothing, why, and the event that put it aside where one did."""

    event: str
    type: str
    on: str
    reason: Text = ""
    by: str | None = None


class Step(msgspec.Struct, frozen=True):
    """Now, and then."""

    now: str | int | None = None
    then: str | int | None = None

    @property
    def moves(self) -> bool:
        """Whether it would be otherwise."""
        return self.now != self.then


class Prospect(msgspec.Struct, frozen=True, rename={"standing": "class"}):
    """Where the society would stand with all points of an indicator, all others staying as they are."""

    points: str
    rank: Step
    grade: Step
    standing: Step


class Finding(msgspec.Struct, frozen=True):
    """One indicator of one society: what it earned, by which clause, from which events, and what is missing.

    `ours` is there where a number is the platform's own and not the document's.
    """

    id: str
    title: Text
    outcome: str
    points: str
    max: str
    extra: bool = False
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
    prospect: Prospect | None = None

    def counted(self, event: Evidence) -> Text:
        """What people call the measure that an event gave something to."""
        return next((measure.title for measure in self.measures if measure.id == event.measure), "")


class Named(msgspec.Struct, frozen=True):
    """A profile or a class of size, with what people call it, and the clause where it has its own."""

    id: str
    title: Text
    clause: str = ""


class Subtotal(msgspec.Struct, frozen=True):
    """What a section comes to, with the sections inside it."""

    id: str
    title: Text
    points: str
    max: str
    known: str
    sections: list["Subtotal"] = []

    @property
    def all(self) -> Iterator["Subtotal"]:
        """Itself and every section inside it."""
        yield self
        for section in self.sections:
            yield from section.all


class Explanation(msgspec.Struct, frozen=True):
    """Everything behind one society's rating; `standing` is its row of the board, once it is listed there.

    `tag` is evaluation's name for the state of the live board that it explains (ETag).
    """

    society: str
    name: str
    policy: PolicyName
    as_of: str
    total: str
    max: str
    completeness: str
    indicators: list[Finding]
    sections: list[Subtotal] = []
    grade: GradeName | None = None
    profile: Named | None = None
    size: Named | None = None
    eligibility: list[Veto] = []
    vetoes: list[Veto] = []
    restructure: Veto | None = None
    standing: Row | None = None
    trend: Trend = Trend()
    demo: bool = False
    tag: str = ""

    @property
    def subtotals(self) -> dict[str, Subtotal]:
        """Every section by its id, however deep."""
        return {each.id: each for section in self.sections for each in section.all}

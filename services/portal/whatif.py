"""What evaluation says of another policy: who would move, and what moves them."""

import msgspec

from services.portal.documents import PolicyName, Text


class Side(msgspec.Struct, frozen=True, rename={"standing": "class"}):
    """One society under one of the policies."""

    total: str
    max: str
    rank: int
    standing: str
    grade: str | None = None


class Contribution(msgspec.Struct, frozen=True):
    """What an indicator, or those of one clause, adds to a change."""

    title: Text
    points: str
    clause: str = ""


class Ruling(msgspec.Struct, frozen=True):
    """A requirement or a veto that goes against a society under one of the policies alone."""

    kind: str
    id: str
    before: bool
    after: bool


class Rule(msgspec.Struct, frozen=True):
    """A requirement that fails, or a veto that holds, for so many societies under the one and the other."""

    kind: str
    id: str
    title: Text
    before: int
    after: int
    clause: str = ""


class Move(msgspec.Struct, frozen=True):
    """One society under both; contributions add up to the change."""

    society: str
    name: str
    change: str
    ranks: int
    before: Side | None = None
    after: Side | None = None
    contributions: list[Contribution] = []
    rulings: list[Ruling] = []

    @property
    def moved(self) -> bool:
        """Whether anything is otherwise."""
        return bool(self.ranks or self.contributions or self.rulings)


class Mover(msgspec.Struct, frozen=True):
    """An indicator that moves societies: how many, and by how many points in all."""

    title: Text
    societies: int
    gained: str
    lost: str
    clause: str = ""


class Flow(msgspec.Struct, frozen=True, rename={"origin": "from", "target": "to"}):
    """So many societies go from one class to another."""

    origin: str
    target: str
    societies: int


class Summary(msgspec.Struct, frozen=True):
    """How many change what."""

    societies: int
    ranks_changed: int
    totals_changed: int
    grades_changed: int
    classes_changed: int
    eligibility_changed: int = 0
    vetoes_changed: int = 0
    classes: list[Flow] = []


class Period(msgspec.Struct, frozen=True, rename={"begins": "from", "ends": "until"}):
    """When a policy is in force, and whether it is on the day that is asked about."""

    begins: str | None = None
    ends: str | None = None
    on_the_day: bool | None = None


class Validity(msgspec.Struct, frozen=True):
    """How long a grade announced on the day is valid."""

    valid_from: str
    valid_until: str


class Compared(PolicyName, frozen=True):
    """One of the two policies."""

    in_force: Period = Period()
    validity: Validity | None = None


class WhatIf(msgspec.Struct, frozen=True):
    """Two policies over the same facts."""

    before: Compared
    after: Compared
    as_of: str
    summary: Summary
    indicators: list[Mover]
    societies: list[Move]
    rulings: list[Rule] = []
    demo: bool = False

    @property
    def rules(self) -> dict[tuple[str, str], Rule]:
        """The rules that change for anybody, by kind and id."""
        return {(rule.kind, rule.id): rule for rule in self.rulings}

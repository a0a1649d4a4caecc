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


class Move(msgspec.Struct, frozen=True):
    """One society under both; contributions add up to the change."""

    society: str
    name: str
    change: str
    ranks: int
    before: Side | None = None
    after: Side | None = None
    contributions: list[Contribution] = []

    @property
    def moved(self) -> bool:
        """Whether anything is otherwise."""
        return bool(self.ranks or self.contributions)


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
    classes: list[Flow] = []


class WhatIf(msgspec.Struct, frozen=True):
    """Two policies over the same facts."""

    before: PolicyName
    after: PolicyName
    as_of: str
    summary: Summary
    indicators: list[Mover]
    societies: list[Move]
    demo: bool = False

"""A policy as evaluation publishes it: its indicators, grades, classes, and what decides between equals."""

from collections.abc import Iterable
from typing import Any

import msgspec

from services.portal.documents import PolicyName, Text, Veto, Zeroed

Number = str | int | float
"""Where a grade begins, as a policy file writes it."""


class Group(msgspec.Struct, frozen=True):
    """A section of a policy, perhaps within another one, with what its indicators come to."""

    zh: str
    en: str
    points: str
    within: str | None = None

    @property
    def title(self) -> Text:
        """What people call it."""
        return {"zh": self.zh, "en": self.en}


class Indicator(msgspec.Struct, frozen=True, rename={"max": "points"}):
    """One question of a policy: its clause, its points, why it is asked, what one can do about it.

    An `extra` one comes on top of full marks, or off them. `ours` is there where a number is the platform's own and not
    the document's.
    """

    id: str
    title: Text
    max: str
    group: str = ""
    clause: str = ""
    extra: bool = False
    reason: Text | None = None
    remedy: Text | None = None
    ours: Text | None = None


class Grade(msgspec.Struct, frozen=True):
    """A grade (等级), from so many points of the whole on, or from a share of them."""

    id: str
    title: Text
    at_least: Number

    def floor(self, full: str) -> str:
        """Where it begins: ``85%``, or ``950 / 1000``."""
        return str(self.at_least) if str(self.at_least).endswith("%") else f"{self.at_least} / {full}"


class Quota(msgspec.Struct, frozen=True):
    """A class of 分类管理: so many from the top, or, without a size, by a rule or for the rest."""

    id: str
    title: Text
    clause: str = ""
    size: int | None = None
    share: str | None = None
    per: str = "all"
    ours: Text | None = None

    @property
    def many(self) -> str:
        """How many from the top: ``30``, ``20%``; nothing where it is not by rank."""
        return self.share or str(self.size or "")


class Classes(msgspec.Struct, frozen=True):
    """The classes of a policy."""

    quotas: list[Quota] = []
    rule: Quota | None = None
    rest: Quota | None = None

    @property
    def all(self) -> list[Quota]:
        """Every class, the best first, the one by rule last."""
        return [each for each in (*self.quotas, self.rest, self.rule) if each is not None]


class Ties(msgspec.Struct, frozen=True):
    """Who goes first among equals."""

    note: Text = ""


class Policy(msgspec.Struct, frozen=True, rename={"id": "policy", "full": "points"}):
    """A policy as it is filed."""

    id: str
    version: Number
    title: Text
    indicators: list[Indicator]
    full: str
    groups: dict[str, Group] = {}
    source: dict[str, Any] = {}
    in_force: dict[str, str | None] = {}
    note: Text | None = None
    vetoes: list[Veto] = []
    grades: list[Grade] = []
    classes: Classes = Classes()
    ties: Ties = Ties()

    def within(self, group: str | None = None) -> list[tuple[str, Group]]:
        """The sections that lie directly within one, or within none, with their ids."""
        return [(id_, each) for id_, each in self.groups.items() if each.within == group]

    def trail(self, group: str) -> list[Text]:
        """The titles of the sections that one lies within, the outermost first, its own last."""
        known = self.groups.get(group)
        if known is None:
            return [group]
        return [*(self.trail(known.within) if known.within else ()), known.title]

    def grade(self, grade: str | None) -> Text:
        """What people call a grade."""
        return next((each.title for each in self.grades if each.id == grade), grade or "—")

    def standing(self, standing: str) -> Text:
        """What people call a class."""
        return next((each.title for each in self.classes.all if each.id == standing), standing)

    def indicator(self, indicator: str) -> Text:
        """What people call an indicator."""
        return next((each.title for each in self.indicators if each.id == indicator), indicator)

    def standings(self, standings: Iterable[str]) -> list[Text]:
        """What people call some classes."""
        return [self.standing(each) for each in standings]

    def taken(self, zero: Zeroed) -> list[Text]:
        """What people call the sections and indicators whose points a veto takes."""
        return [*(self.trail(each)[-1] for each in zero.groups), *map(self.indicator, zero.indicators)]

    def cites(self, clause: str) -> str:
        """A clause with the number of the document it stands in (鄂科协办〔2017〕86号 四（一）2)."""
        number = str(self.source.get("number") or "")
        return clause if clause.startswith(number) else f"{number} {clause}"


class Filed(msgspec.Struct, frozen=True):
    """A version of a policy that is filed."""

    id: str
    version: Number
    title: Text
    in_force: dict[str, str | None] = {}

    @property
    def called(self) -> str:
        """How it is asked for."""
        return f"{self.id}@{self.version}"


class Policies(msgspec.Struct, frozen=True):
    """Every policy that is filed, and the one in use."""

    active: PolicyName
    policies: list[Filed]

    @property
    def in_use(self) -> str:
        """How the one in use is asked for."""
        return f"{self.active.id}@{self.active.version}"

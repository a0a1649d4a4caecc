"""What evaluation says, as far as these pages show it: a tolerant reader, the one place that knows its shapes."""

from typing import Any

import msgspec

Text = str | dict[str, str]
"""A text of the policy: by language (`zh`, `en`), or as it stands."""


class PolicyName(msgspec.Struct, frozen=True):
    """The policy a document was rated by."""

    id: str
    version: str | int
    title: Text = ""


class GradeName(msgspec.Struct, frozen=True):
    """A grade by its id, with what people call it."""

    id: str
    title: Text = ""


class Zeroed(msgspec.Struct, frozen=True):
    """Whose points a veto takes: those of some indicators, of whole sections, or all."""

    indicators: list[str] = []
    groups: list[str] = []
    whole: bool = False


class Caps(msgspec.Struct, frozen=True):
    """What a veto takes away: grades better than this one, so many grades, these classes, points."""

    grade: str | None = None
    lower: int = 0
    classes: list[str] = []
    zero: Zeroed = Zeroed()


class Veto(msgspec.Struct, frozen=True):
    """A rule that no points outweigh (一票否决), the one of 重组淘汰, or a requirement; of a society, if it holds."""

    id: str
    title: Text = ""
    clause: str = ""
    ours: Text | None = None
    caps: Caps | None = None
    condition: Text | None = None
    holds: bool | None = None


class Binding(msgspec.Struct, frozen=True, rename={"standing": "class"}):
    """The class that a review gave, and since when it binds."""

    standing: str
    review: str
    since: str


class Edge(msgspec.Struct, frozen=True):
    """That a class by quota ends among equals of which a society is one, and how that is decided."""

    said: dict[str, str]


class Row(msgspec.Struct, frozen=True, rename={"standing": "class"}):
    """One line of the board.

    Points and completeness (0…1) are decimal strings; equals share a rank; `movement` is places gained since the
    day was turned; `standing`, called `class` on the wire, is the provisional class of 分类管理; `binding` the one that
    a review gave.
    """

    society: str
    name: str
    total: str
    max: str
    completeness: str
    rank: int | None = None
    grade: str | None = None
    discipline: str = ""
    standing: str = "regular"
    range: str | None = None
    candidate_since: str | None = None
    edge: Edge | None = None
    binding: Binding | None = None
    movement: int | None = None
    peer_group: str | None = None
    peer_rank: int | None = None
    peer_size: int | None = None
    vetoes: list[Any] = []

    @property
    def field(self) -> str:
        """Its discipline; societies are compared within theirs, so the peer group names it too."""
        return self.discipline or self.peer_group or ""


class Board(msgspec.Struct, frozen=True):
    """The ratings document: the policy, the day it speaks of, the positions heard, a row per society.

    `tag` is evaluation's name for this state of the live board (ETag).
    """

    policy: PolicyName
    as_of: str
    ratings: list[Row]
    positions: dict[str, int] | None = None
    told: int | None = msgspec.field(default=None, name="applied")
    demo: bool = False
    tag: str = ""

    @property
    def applied(self) -> int:
        """How many events the board rests on: as evaluation says, else the sum of the positions it has heard."""
        return self.told if self.told is not None else sum((self.positions or {}).values())

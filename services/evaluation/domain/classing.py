"""The classes of 分类管理 as a policy declares them: quotas, a rule and the rest, and how ties are broken."""

from typing import Annotated, Literal

from pydantic import Field, StrictInt, model_validator

from chassis.language import N_
from services.evaluation.domain.conditions import Condition
from services.evaluation.domain.part import Id, Part
from services.evaluation.domain.points import Share
from services.evaluation.domain.texts import Line, Text


class Quota(Part):
    """A class of so many societies, or of a share of those listed, taken from the top (名额): 重点支持, 培育扶持.

    Of all, or of each peer group by itself (分组排名). A share of a society counts only if ``rounded`` up.
    """

    id: Id
    title: Text
    clause: Line
    size: Annotated[StrictInt, Field(ge=1)] | None = None
    share: Annotated[Share, Field(gt=0, le=1)] | None = None
    rounded: Literal["down", "up"] = "down"
    per: Literal["all", "peer-group"] = "all"

    @model_validator(mode="after")
    def _one_size(self) -> "Quota":
        if (self.size is None) == (self.share is None):
            raise ValueError(N_("a quota has either a size or a share"))
        if self.share is None and "rounded" in self.model_fields_set:
            raise ValueError(N_("only a share is rounded"))
        return self

    def places(self, listed: int) -> int:
        """How many places it has among so many societies."""
        if self.share is None:
            return self.size or 0
        exact = listed * self.share
        return -(-exact // 1) if self.rounded == "up" else exact // 1

    def pool(self, peer_group: str) -> str:
        """Among whom its places are shared out: the peer group, or, by no name, all."""
        return peer_group if self.per == "peer-group" else ""


class Named(Part):
    """The class of those in no other."""

    id: Id
    title: Text


NOT_CLASSED = Named(id="not-classed", title=Text.of(N_("Not classed")))
"""The class of everybody under a table that assigns none."""


class Rule(Part):
    """A class by condition, whatever the points: 重组淘汰."""

    id: Id
    title: Text
    clause: Line
    ours: Text | None = None
    when: Condition


class Hold(Part):
    """How a provisional class is kept from flapping: so many days out of it, or clear of the boundary by a margin."""

    days: Annotated[StrictInt, Field(ge=1)]
    margin: Annotated[Share, Field(gt=0)]
    ours: Text | None = None


class Classes(Part):
    """The classes of 分类管理: quotas from the top, one by rule, and the rest; and how slowly they change."""

    quotas: tuple[Quota, ...] = ()
    rule: Rule | None = None
    rest: Named = NOT_CLASSED
    hold: Hold | None = None

    @property
    def all(self) -> "tuple[Quota | Rule | Named, ...]":
        """All of them: those by quota, the one by rule, the rest."""
        return (*self.quotas, *(() if self.rule is None else (self.rule,)), self.rest)


AtTheCut = Literal["all-in", "none-in", "committee"]


class Ties(Part):
    """Who goes first among equal totals: by completeness or a group's points; the code only orders the list.

    Where a quota ends among societies that are equal in all of these, ``at_the_cut`` says whether all of them are in
    it, none of them, or whom the committee chooses (并列名额).
    """

    note: Text
    order: tuple[str, ...]
    at_the_cut: AtTheCut = "committee"


BY_COMPLETENESS = Ties(
    note=Text.of(
        N_("Equal totals share a rank; where a quota ends between them, completeness decides, then the committee")
    ),
    order=("completeness", "code"),
)
"""How ties are broken where the table does not say."""

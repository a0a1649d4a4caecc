"""Between which numbers something lies: from, to, above, below."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, model_validator

from chassis.language import N_, Phrase
from services.evaluation.domain.points import Exact, Number, number_text
from services.evaluation.domain.texts import Sentence

BY_ORDER: Mapping[str, Callable[[Number, Number], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
}
"""How a number is compared, by the words a policy uses."""

NEVER = N_("this can never hold: at_least is greater than at_most")
NO_NUMBER = N_("this can never hold: no number lies within these limits")


class Limits(BaseModel, frozen=True, extra="forbid"):
    """At least and at most include the number they name (以上、以下), more than and less than do not (超过、不足)."""

    at_least: Exact | None = None
    at_most: Exact | None = None
    more_than: Exact | None = None
    less_than: Exact | None = None

    @model_validator(mode="after")
    def _can_hold(self) -> Any:
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(NEVER)
        for floor, ceiling in (
            (self.more_than, self.at_most),
            (self.at_least, self.less_than),
            (self.more_than, self.less_than),
        ):
            if floor is not None and ceiling is not None and floor >= ceiling:
                raise ValueError(NO_NUMBER)
        return self

    @property
    def by_order(self) -> bool:
        """Whether anything is asked of a number."""
        return any(one is not None for one in (self.at_least, self.at_most, self.more_than, self.less_than))

    def within(self, number: Number) -> bool:
        """Whether the number is within all limits given."""
        return (
            (self.at_least is None or number >= self.at_least)
            and (self.at_most is None or number <= self.at_most)
            and (self.more_than is None or number > self.more_than)
            and (self.less_than is None or number < self.less_than)
        )

    def limits_in_words(self, templates: dict[tuple[str, str], Phrase], **said: object) -> Sentence:
        """By a template for each lower and upper limit, ``least`` or ``more`` and ``most`` or ``less``."""
        given = {"least": self.at_least, "more": self.more_than, "most": self.at_most, "less": self.less_than}
        numbers = {name: number_text(number) for name, number in given.items() if number is not None}
        lower = next((name for name in ("least", "more") if name in numbers), "")
        upper = next((name for name in ("most", "less") if name in numbers), "")
        used = {name: number for name, number in numbers.items() if name in {lower, upper}}
        return Sentence.of(templates[lower, upper], **said, **used)

"""The class that binds a society (正式分类): the one that the last review gave it, until the next does."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from contracts.evaluation import ClassAssigned
from services.evaluation.domain.facts import Fact


@dataclass(frozen=True, slots=True)
class Binding:
    """A class that a review assigned: of the ratings of `as_of`, by a policy, and since when it binds."""

    category: str
    review: str
    policy: str
    version: str
    as_of: date
    since: date
    event: str

    @classmethod
    def of(cls, fact: Fact) -> Self:
        """As the event tells it."""
        data = fact.data
        return cls(
            category=data["category"],
            review=data["review"],
            policy=data["policy"],
            version=data["version"],
            as_of=date.fromisoformat(data["as_of"]),
            since=fact.on,
            event=fact.id,
        )

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it."""
        return {
            "class": self.category,
            "review": self.review,
            "policy": {"id": self.policy, "version": self.version},
            "as_of": self.as_of.isoformat(),
            "since": self.since.isoformat(),
        }


class Bindings:
    """The class that binds each society. Of several reviews that of the latest day counts, then the last assigned."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._told: dict[str, Binding] = {}
        self.note(facts)

    def note(self, facts: Iterable[Fact]) -> None:
        """Takes in what reviews assigned, in any order and however often."""
        for fact in facts:
            if fact.type == ClassAssigned.type:
                told, held = Binding.of(fact), self._told.get(fact.subject)
                if held is None or _order(held) < _order(told):
                    self._told[fact.subject] = told

    def forget(self, societies: Container[str]) -> None:
        """Gives up what was assigned to some societies."""
        self._told = {society: told for society, told in self._told.items() if society not in societies}

    def of(self, society: str) -> dict[str, Any] | None:
        """What binds a society, as a reader sees it; None if no review gave it a class."""
        told = self._told.get(society)
        return None if told is None else told.as_json()


def _order(binding: Binding) -> tuple[date, date, str]:
    return binding.as_of, binding.since, binding.event

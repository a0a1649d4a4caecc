"""The class that binds a society (正式分类): the one that the last review gave it, until the next does."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, NamedTuple, Self

from contracts.evaluation import ClassAssigned, ResultsConfirmed, ReviewOpened
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.review.file import BEGINNING, STEPS, digest_of


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


class _Step(NamedTuple):
    """A step of a file, as far as a binding class rests on it: what it seals, what seals it, what it assigns."""

    chain: str
    digest: str
    type: str
    subject: str
    binding: Binding | None


class Bindings:
    """The class that binds each society. Of several reviews that of the latest day counts, then the last assigned.

    A class binds where every step before it, from the opening of the review, is there and sealed by the next, and the
    results were confirmed among them: of a file with a gap, or with two versions of a step, only what comes before.
    """

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._files: dict[str, dict[int, dict[str, _Step]]] = {}
        self._bound: dict[str, list[tuple[str, Binding]]] = {}
        self._told: dict[str, Binding] | None = {}
        self.note(facts)

    def note(self, facts: Iterable[Fact]) -> None:
        """Takes in the steps of reviews, in any order and however often."""
        for fact in facts:
            if fact.type not in STEPS:
                continue
            read = _read(fact)
            if read is None:
                continue
            review, number, step = read
            self._files.setdefault(review, {}).setdefault(number, {})[step.digest] = step
            self._bound.pop(review, None)
            self._told = None

    def forget(self, subjects: Container[str]) -> None:
        """Gives up what was told of some societies and reviews."""
        for file in self._files.values():
            for versions in file.values():
                for gone in [digest for digest, step in versions.items() if step.subject in subjects]:
                    del versions[gone]
        self._bound, self._told = {}, None

    def of(self, society: str) -> dict[str, Any] | None:
        """What binds a society, as a reader sees it; None if no review gave it a class."""
        if self._told is None:
            self._told = self._settled()
        told = self._told.get(society)
        return None if told is None else told.as_json()

    def _settled(self) -> dict[str, Binding]:
        told: dict[str, Binding] = {}
        for review, file in self._files.items():
            if review not in self._bound:
                self._bound[review] = list(_bound(file))
            for society, binding in self._bound[review]:
                if society not in told or _order(told[society]) < _order(binding):
                    told[society] = binding
        return told


def _bound(file: Mapping[int, Mapping[str, _Step]]) -> Iterator[tuple[str, Binding]]:
    """The classes of a file, up to its first step that is missing, doubled, or does not follow."""
    chain, confirmed = BEGINNING, False
    for number in count(1):
        versions = file.get(number, {})
        if len(versions) != 1:
            return
        (step,) = versions.values()
        if step.chain != chain or (number == 1) != (step.type == ReviewOpened.type):
            return
        if step.binding is not None and confirmed:
            yield step.subject, step.binding
        confirmed = confirmed or step.type == ResultsConfirmed.type
        chain = step.digest


def _read(fact: Fact) -> tuple[str, int, _Step] | None:
    """A step of a review: which review, its number, and itself; None where its data do not say so."""
    data = fact.data
    try:
        binding = Binding.of(fact) if fact.type == ClassAssigned.type else None
        said = _Step(
            data["chain"], digest_of(fact.type, fact.subject, fact.time, data), fact.type, fact.subject, binding
        )
        return data["review"], data["step"], said
    except (KeyError, TypeError, ValueError):
        return None


def _order(binding: Binding) -> tuple[date, date, str]:
    return binding.as_of, binding.since, binding.event

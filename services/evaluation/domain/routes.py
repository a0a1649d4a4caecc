"""The dispatch table of a policy: from an event to the few measures that care."""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from services.evaluation.domain.filters import Bounds, words_of
from services.evaluation.domain.folds import Fold, Reader

Stops = tuple[tuple[int, Reader], ...]
"""The measures a fact goes to: their places in the policy, and what it contributes there."""

_NOWHERE: Mapping[str, Stops] = MappingProxyType({})


class Route(NamedTuple):
    """Where the facts of one type go, by the word of the field that most of its measures filter by.

    Fifteen regulations are fifteen measures of one event, but a fact goes only to its own.
    """

    field: str
    by_word: Mapping[str, Stops]
    otherwise: Stops

    def stops(self, data: Mapping[str, Any]) -> Stops:
        """The measures that may want a fact with these data."""
        word = data.get(self.field)
        return self.by_word.get(word, self.otherwise) if isinstance(word, str) else self.otherwise


def routes_to(measures: Mapping[str, Fold]) -> Mapping[str, Route]:
    """The routes of all types of events that the measures read; places count the measures in their order."""
    readers: dict[str, list[tuple[int, Fold]]] = {}
    for place, fold in enumerate(measures.values()):
        for event in dict.fromkeys(event for _, event in fold.events_at()):
            readers.setdefault(event, []).append((place, fold))
    return MappingProxyType({event: _route(event, folds) for event, folds in readers.items()})


def _route(event: str, folds: list[tuple[int, Fold]]) -> Route:
    asked = Counter(field for _, fold in folds for field in fold.where if _is_split_by(fold, field))
    if not asked:
        return Route("", _NOWHERE, _stops(event, folds, None))
    field = min(asked, key=lambda name: (-asked[name], name))
    words = {word for _, fold in folds if _is_split_by(fold, field) for word in words_of(fold.where[field])}
    unsplit = [(place, fold) for place, fold in folds if not _is_split_by(fold, field)]
    by_word = {
        str(word): _stops(event, [(place, fold) for place, fold in folds if _wants(fold, field, word)], field)
        for word in words
    }
    return Route(field, MappingProxyType(by_word), _stops(event, unsplit, None))


def _is_split_by(fold: Fold, field: str) -> bool:
    wanted = fold.where.get(field)
    if wanted is None or isinstance(wanted, Bounds):
        return False
    return all(isinstance(word, str) for word in words_of(wanted))


def _wants(fold: Fold, field: str, word: object) -> bool:
    return not _is_split_by(fold, field) or word in words_of(fold.where[field])


def _stops(event: str, folds: Iterable[tuple[int, Fold]], asked: str | None) -> Stops:
    return tuple(
        (place, fold.reader(event, asked if asked and _is_split_by(fold, asked) else None)) for place, fold in folds
    )

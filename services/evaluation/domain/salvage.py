"""Reading on after a mistake: parts of the wrong shape are replaced, so that the rest can still be proofread."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError

from services.evaluation.domain.marked_yaml import Path
from services.evaluation.domain.nearness import nearest
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.spec import PolicySpec

_TEXT = {"zh": "?", "en": "?"}
_STAND_INS: dict[str, Any] = {
    "policy": "stand-in",
    "version": "0",
    "title": _TEXT,
    "source": _TEXT,
    "in_force": {"from": date.min},
    "points": 0,
    "society": {"event": "?", "name": "?", "peer_group": "?"},
    "groups": {},
    "measures": {},
    "figures": {},
    "vetoes": [],
    "clocks": [],
    "grades": [],
    "examples": [],
}
_MEASURE = {"fold": "count", "title": _TEXT, "events": ["?"]}
_INDICATOR: dict[str, Any] = {
    "id": "stand-in",
    "group": "?",
    "clause": "?",
    "title": _TEXT,
    "reason": _TEXT,
    "remedy": _TEXT,
    "points": 0,
    "score": {"kind": "yes", "when": {"measure": "stand_in", "equals": 0}},
}
_JUDGED_BY = {
    "groups": ("indicators", "ties"),
    "grades": ("vetoes",),
    "classes": ("vetoes",),
    "points": ("grades", "groups"),
}
"""Parts whose names or numbers others use: without the one, the others cannot be judged either."""

_INDICATOR_KEY = 3

_WORTH = (("points",), ("weight",))
_ADDED_UP = ("points", "groups", "profiles", "grades")
"""Keys that say what an indicator is worth, and parts that add up such worths."""


class Salvaged(NamedTuple):
    """A policy with stand-ins, and where they stand."""

    spec: PolicySpec
    replaced: frozenset[Path]

    def concerns(self, flaw: Flaw) -> bool:
        """Whether a flaw is one of the author's, not one of a stand-in, and not for want of what was replaced."""
        roots = {str(path[0]) for path in self.replaced}
        roots |= {meant for root in roots if (meant := nearest(root, _JUDGED_BY)) is not None}
        if any(flaw.path[: len(path)] == path for path in self.replaced):
            return False
        if flaw.path == ("points",) and any(path[-1] == "points" for path in self.replaced):
            return False
        worthless = [path[:2] for path in self.replaced if path[0] == "indicators" and path[2:] in _WORTH]
        if worthless and (flaw.path[0] in _ADDED_UP or flaw.path[:2] in worthless):
            return False
        if not self.replaced.isdisjoint({("measures",), ("figures",)}):
            return flaw.path[0] not in ("indicators", "vetoes", "classes", "figures")
        if ("clocks",) in self.replaced and flaw.path[-1] == "clock":
            return False
        lost = {name for root in roots for name in _JUDGED_BY.get(root, ())}
        return flaw.path[0] not in lost


def salvage(value: Any, error: ValidationError, place: Callable[[Path], Path]) -> Salvaged | None:
    """The policy with every part of the wrong shape replaced; None if too little is left of it.

    Args:
        value: the document as read.
        error: what is wrong with its shape.
        place: from a path of the error to the path of what is concerned, missing keys included.
    """
    if not isinstance(value, dict) or not isinstance(value.get("indicators"), list):
        return None
    mended = deepcopy(value)
    units = {_unit(place(detail["loc"])) for detail in error.errors()}
    # A list with wrong items is called too short as a whole, too; then its items are enough.
    replaced = frozenset(path for path in units if path != ("indicators",) or len(units) == 1)
    for path in replaced:
        _replace(mended, path)
    try:
        return Salvaged(PolicySpec.model_validate(mended), replaced)
    except ValidationError:
        return None


def _unit(path: Path) -> Path:
    """The smallest part around a mistake that can be replaced: a measure, a key of an indicator, a part."""
    depth = {"measures": 2, "indicators": _INDICATOR_KEY}.get(str(path[0]) if path else "", 1)
    return path[:depth]


def _replace(document: dict[str, Any], path: Path) -> None:
    match path:
        case ("measures", name) if isinstance(document.get("measures"), dict):
            document["measures"][name] = _MEASURE
        case ("indicators", int(index)):
            document["indicators"][index] = _INDICATOR
        case ("indicators", int(index), str(key)) if isinstance(document["indicators"][index], dict):
            _put(document["indicators"][index], key, _INDICATOR)
        case (str(key), *_):
            _put(document, key, _STAND_INS)


def _put(part: dict[str, Any], key: str, stand_ins: dict[str, Any]) -> None:
    if key in stand_ins:
        part[key] = stand_ins[key]
    else:
        part.pop(key, None)

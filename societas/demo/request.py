"""What the plan hands to the driver: requests whose bodies may speak of things that do not exist yet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

REFERENCE = re.compile(r"<([^<>\[\]]+)(?:\[(\d+)\])?>")


@dataclass(frozen=True, slots=True)
class Ref:
    """An id, or a run of ids, that a service will have given by the time it is needed.

    In a body the object itself stands for the kept value, or for its slice [start:stop]; in a path `str(ref)` stands
    for it: `<activity:A-18:2025:3>`, or `<members:A-18:initial[7]>` for one of many.
    """

    name: str
    start: int | None = None
    stop: int | None = None

    def __str__(self) -> str:
        """How a path mentions it; `start` alone picks one of many."""
        return f"<{self.name}>" if self.start is None else f"<{self.name}[{self.start}]>"


@dataclass(frozen=True, slots=True)
class Keep:
    """What later requests will need of the answer: its `field`, remembered as `name`, of a list the first `limit`."""

    name: str
    field: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One call to one service. Requests of one society are sent in order; others may overtake them.

    What comes `first` is answered before anything else of its day is sent. A `role` is who makes it where it is not the
    association: a seat on a panel.
    """

    method: str
    path: str
    body: Mapping[str, Any]
    society: str | None
    keep: Keep | None = None
    idempotency_key: str = ""
    first: bool = False
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A request and the day it is made: not the day of what it tells, which may be long past."""

    on: date
    request: Request = field(compare=False)


class UnresolvedReferenceError(LookupError):
    """A request speaks of something no answer has told yet."""

    def __init__(self, name: str) -> None:
        """`name` is the reference's."""
        self.name = name
        super().__init__(f"nothing is known yet under {name!r}")


def resolve_path(path: str, known: Mapping[str, Any]) -> str:
    """The path with every `<reference>` replaced; raises UnresolvedReferenceError."""

    def value(match: re.Match[str]) -> str:
        found = _known(known, match[1])
        return str(found if match[2] is None else found[int(match[2])])

    return REFERENCE.sub(value, path)


def resolve(body: Any, known: Mapping[str, Any]) -> Any:
    """The body with every Ref replaced by what is known; raises UnresolvedReferenceError."""
    if isinstance(body, Ref):
        found = _known(known, body.name)
        return found if body.start is None and body.stop is None else found[body.start : body.stop]
    if isinstance(body, Mapping):
        return {name: resolve(value, known) for name, value in body.items()}
    if isinstance(body, list | tuple):
        return [resolve(value, known) for value in body]
    return body.isoformat() if isinstance(body, date) else body


def references(request: Request) -> list[str]:
    """The names a request needs resolved, from its path and from its body."""
    return [match[1] for match in REFERENCE.finditer(request.path)] + _named(request.body)


def _named(body: Any) -> list[str]:
    if isinstance(body, Ref):
        return [body.name]
    values = body.values() if isinstance(body, Mapping) else body if isinstance(body, list | tuple) else ()
    return [name for value in values for name in _named(value)]


def _known(known: Mapping[str, Any], name: str) -> Any:
    try:
        return known[name]
    except KeyError:
        raise UnresolvedReferenceError(name) from None

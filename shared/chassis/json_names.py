"""Names of JSON objects that stand twice: most readers take one of the two values, and nobody can say which."""

import json
import re
from collections.abc import Iterator
from typing import Any

_NAME = re.compile(rb'"[ \t\r\n]*:')


def first_twice(line: bytes, found: Any) -> str | None:
    """The dotted path of the first name that stands twice in one object of a JSON text; `found` is what it decodes to.

    The text is read a second time only where it has more names than its value has.
    """
    if len(_NAME.findall(line)) == _names(found):
        return None
    return next(_twice("", json.loads(line, object_pairs_hook=_Pairs)), None)


class _Pairs(tuple[tuple[str, Any], ...]):
    """The names and values of an object, as they stand in the text."""

    __slots__ = ()


def _names(value: Any) -> int:
    if isinstance(value, dict):
        return len(value) + sum(_names(one) for one in value.values() if isinstance(one, dict | list))
    return sum(map(_names, value)) if isinstance(value, list) else 0


def _twice(path: str, value: Any) -> Iterator[str]:
    if isinstance(value, _Pairs):
        seen: set[str] = set()
        for name, inner in value:
            here = f"{path}.{name}".lstrip(".")
            if name in seen:
                yield here
            seen.add(name)
            yield from _twice(here, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _twice(path, inner)

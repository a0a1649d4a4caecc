"""What may be shown again of a value that was sent."""

import re
from itertools import pairwise
from typing import Any

Json = str | int | float | bool | list[Any] | None

LONGEST_VALUE = 200
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_SECRET = frozenset(
    {"passwd", "password", "passphrase", "secret", "secrets", "token", "tokens", "authorization", "cookie", "cookies"}
    | {"credential", "credentials", "private", "apikey"}
)
_SECRET_TOGETHER = ("api", "key")


def echo(field: str, value: object) -> Json:
    """The value, of which never more than 200 characters of a text are shown; nothing where the field holds a secret.

    A field is known by its words: a `client_secret` is a secret, a `secretary_general` is none.
    """
    if value is None or _holds_a_secret(field):
        return None
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [echo(field, item) for item in value]
    return str(value)[:LONGEST_VALUE]


def _holds_a_secret(field: str) -> bool:
    words = [word.lower() for word in _WORD.findall(field)]
    return not _SECRET.isdisjoint(words) or _SECRET_TOGETHER in pairwise(words)

"""The name that was perhaps meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one most like a name, capitals apart; None if none is like it."""
    by_small = {one.lower(): one for one in known}
    found = get_close_matches(name.lower(), list(by_small), n=1)
    return by_small[found[0]] if found else None

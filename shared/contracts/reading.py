"""Which service hears which: the one place that says who may read whose log and whose streams."""

from collections.abc import Mapping
from typing import Final

HEARS: Final[Mapping[str, frozenset[str]]] = {
    "membership": frozenset({"evaluation"}),
    "events": frozenset({"membership"}),
    "federation": frozenset({"membership"}),
    "evaluation": frozenset({"membership", "events", "federation", "evaluation"}),
}
"""The speakers of each service; evaluation hears itself, too."""


def readers_of(speaker: str) -> list[str]:
    """The services that may read a speaker's log."""
    return sorted(service for service, heard in HEARS.items() if speaker in heard)

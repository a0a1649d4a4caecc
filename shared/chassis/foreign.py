"""Events that stand in a stream or a log whose speaker cannot have said them. Rule 9 of the design."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from chassis import bus
from chassis.language import N_, Phrase
from chassis.wire import Heard

IN_STREAM = N_(
    "The stream {stream} has at position {position} what {speaker} cannot have said: source {source}, type {type}. "
    "Neither it nor what follows it is applied; once it is gone, listening goes on by itself."
)
IN_LOG = N_(
    "The log of {speaker}, partition {partition}, has at position {position} what {speaker} cannot have said: source "
    "{source}, type {type}. Neither it nor what follows it is applied; once it is gone, listening goes on by itself."
)


@dataclass(frozen=True, slots=True)
class Foreign:
    """One such event: in whose stream (or log, if `in_log`) it stands and where, and what it says of itself."""

    speaker: str
    partition: int
    position: int
    source: str
    type: str
    in_log: bool = False

    @property
    def stream(self) -> str:
        """The stream's name."""
        return bus.stream(self.speaker, self.partition)

    @property
    def sentence(self) -> Phrase:
        """What people are told of it."""
        return IN_LOG if self.in_log else IN_STREAM

    @property
    def values(self) -> dict[str, object]:
        """What the sentence is filled in with."""
        names = ("speaker", "partition", "position", "source", "type", "stream")
        return {name: getattr(self, name) for name in names}


class ForeignEvent(Exception):  # noqa: N818 - a state of affairs
    """A speaker's log has an event that the speaker cannot have said."""

    def __init__(self, found: Foreign) -> None:
        super().__init__(f"{found.source} {found.type} at position {found.position} of the log of {found.speaker}")
        self.found = found


@cache
def own(speaker: str) -> Callable[[Heard], bool]:
    """Tells the speaker's own events, of whatever release, from others'."""
    source, prefix = f"/{speaker}", f"{speaker}."

    def is_own(heard: Heard) -> bool:
        return heard.source == source and heard.type.startswith(prefix)

    return is_own


def first_foreign(page: Sequence[Heard], speaker: str, partition: int) -> Foreign | None:
    """The first event in a page of a speaker's log that is not the speaker's; None if all are."""
    is_own = own(speaker)
    for heard in page:
        if not is_own(heard):
            return Foreign(speaker, partition, heard.position, heard.source, heard.type, in_log=True)
    return None

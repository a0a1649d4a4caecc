"""Reads a file of events before anything is sent: every fault is named, and no line is taken in unless all are good."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from chassis import wire
from chassis.encodings import without_mark
from chassis.language import N_, Language, translate
from chassis.lines import ANOTHER, BadLine, Reader
from chassis.refusals import Refusal
from societas.counting import Counting
from societas.files import read_bytes
from societas.platform import shown_fault

MOST_SHOWN = 50
READING = N_("Reading")
MORE = N_("… and {count} more; --json names all of them.")


class BadLines(Refusal):
    """Lines of a file that are no events of the published language; `errors` names every fault."""

    slug = "bad-lines"
    title = N_("The file cannot be imported")
    detail = N_("{lines} lines of {value} are no events of this platform; nothing was imported:")

    def __init__(self, file: Path, faults: Sequence[BadLine]) -> None:
        """`faults` in the order of their lines."""
        self.errors = tuple(faults)
        super().__init__(field="file", value=file, lines=len({one.line for one in faults}))

    def explained(self, language: Language) -> str:
        """What is wrong, of the first fifty faults line by line."""
        shown = [shown_fault(one.as_fault(language)) for one in self.errors[:MOST_SHOWN]]
        rest = len(self.errors) - MOST_SHOWN
        more = [translate(MORE, language, count=rest)] if rest > 0 else []
        return "\n  ".join([super().explained(language), *shown, *more])


@dataclass
class Batch:
    """The lines of one speaker, with their numbers in the file."""

    lines: list[bytes] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def body(self, counting: Counting) -> Iterator[bytes]:
        """The lines as they are sent, counted."""
        for line in self.lines:
            yield line + b"\n"
            counting.step()


STDIN = Path("-")
"""Names standard input where a file is asked for."""


def read(file: Path, counting: Counting) -> dict[str, Batch]:
    """The lines of a file by the service that speaks them, in their order; raises FileUnreadable or BadLines."""
    batches: dict[str, Batch] = defaultdict(Batch)
    faults: list[BadLine] = []
    lines, reader, contents = _lines(file), Reader(), dict[str, int]()
    counting.part(READING, total=len(lines))
    for number, line in enumerate(lines, start=1):
        counting.step()
        if not line.strip():
            continue
        found = reader.read(number, line)
        if not isinstance(found, wire.Heard):
            faults += found
            if number == 1 and found[0].field == "file":
                break
        elif contents.setdefault(found.id, _content(found)) != _content(found):
            faults.append(BadLine(number, "id", found.id, ANOTHER))
        else:
            batch = batches[found.speaker]
            batch.lines.append(without_mark(line))
            batch.numbers.append(number)
            batch.ids.add(found.id)
    if faults:
        raise BadLines(file, faults)
    return batches


def _lines(file: Path) -> list[bytes]:
    return (sys.stdin.buffer.read() if file == STDIN else read_bytes(file)).split(b"\n")


def _content(event: wire.Heard) -> int:
    """What tells an event from another of the same id: all it says, but where it stands in its log."""
    unplaced = msgspec.structs.replace(event, sequence="", previousid="", dataschema="")
    return hash(msgspec.json.encode(unplaced, order="deterministic"))

"""Reads a file of events before anything is sent: every bad line is named, and none is taken in unless all are good."""

from pathlib import Path

import msgspec

from chassis import wire
from chassis.language import N_
from chassis.refusals import Refusal
from contracts.catalogue import CATALOGUE
from societas.files import read_bytes

MOST_SHOWN = 50


class BadLines(Refusal):
    """Lines of a file that are no events of the published language."""

    slug = "bad-lines"
    title = N_("The file cannot be imported")
    detail = N_("{count} lines of {file} are no events of this platform; nothing was imported:{faults}")


def read(file: Path) -> dict[str, bytes]:
    """The lines of a file by the service that speaks them, in their order; raises FileUnreadable or BadLines."""
    by_speaker: dict[str, list[bytes]] = {}
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(read_bytes(file).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            by_speaker.setdefault(_speaker(line), []).append(line)
        except (msgspec.DecodeError, ValueError) as error:
            faults.append((number, " ".join(str(error).split())))
    if faults:
        shown = "".join(f"\n  {number}: {reason}" for number, reason in faults[:MOST_SHOWN])
        value = [f"{number}: {reason}" for number, reason in faults]
        raise BadLines(field="line", value=value, count=len(faults), file=file, faults=shown)
    return {speaker: b"\n".join(own) + b"\n" for speaker, own in by_speaker.items()}


def _speaker(line: bytes) -> str:
    """Whose event it is; a ValueError says why it is none."""
    heard = wire.decode(line)
    known = CATALOGUE.get(heard.type)
    if known is None or known.speaker != heard.speaker:
        raise ValueError(f"{heard.source} {heard.type}")
    heard.event()
    return heard.speaker

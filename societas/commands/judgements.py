"""Many judgements recorded from a file, whole or not at all."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from chassis.language import N_
from societas.commands.session import Session

if TYPE_CHECKING:
    from societas.judgements import Judged
    from societas.platform import Refused

PATH = "/api/evaluation/assessments/batch"
ALL_RECORDED = N_("{count} judgements are recorded.")


def record_all(session: Session, file: Path, society: str | None) -> None:
    """Records all judgements of a file, or none; the same file again is recorded once as long as keys are remembered.

    `society` is that of all lines that name none.
    """
    from societas.files import read_text  # noqa: PLC0415 — the command line starts without it
    from societas.judgements import judgements  # noqa: PLC0415 — as above
    from societas.platform import Refused  # noqa: PLC0415 — as above

    with session.answering():
        found = judgements(read_text(file))
    body = {"assessments": [({"society": society} if society else {}) | one.said for one in found]}
    key = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    with session.platform() as platform:
        try:
            told = platform.ask("POST", PATH, json=body, headers={"Idempotency-Key": key}).json()
        except Refused as refused:
            raise _by_line(refused, found) from refused
    if session.as_json:
        session.result(told)
    else:
        typer.echo(session.say(ALL_RECORDED, count=len(told["recorded"])))


def _by_line(refused: "Refused", found: Sequence["Judged"]) -> "Refused":
    """The refusal with each fault at its line of the file, where it was at its place in the list."""
    from societas.platform import Refused  # noqa: PLC0415 — the command line starts without it

    errors = [_at_line(fault, found) for fault in refused.problem.get("errors") or ()]
    return Refused({**refused.problem, "errors": errors}, refused.request) if errors else refused


def _at_line(fault: dict[str, Any], found: Sequence["Judged"]) -> dict[str, Any]:
    listed, _, rest = str(fault.get("field")).partition(".")
    place, _, field = rest.partition(".")
    if listed != "assessments" or not place.isdecimal():
        return fault
    return {"line": found[int(place)].line} | fault | {"field": field}

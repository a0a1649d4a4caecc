"""Many judgements from a file: NDJSON, an object a line, or CSV with the names of the fields in its first line."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from chassis.language import N_
from chassis.refusals import Refusal
from societas.commands.session import Session
from societas.files import read_text

PATH = "/api/evaluation/assessments/batch"
ALL_RECORDED = N_("{count} judgements are recorded.")
_BOM = "\ufeff"
_YES_NO = {"true": True, "false": False}


class NotAJudgement(Refusal):
    """A line of a file of judgements cannot be read."""

    slug = "not-a-judgement"
    title = N_("The file cannot be read")
    detail = N_("Line {line} is neither an object of JSON nor a line of CSV: {value}")


def record_all(session: Session, file: Path, society: str | None) -> None:
    """Records all judgements of a file, or none; the same file recorded again changes nothing.

    `society` is that of all lines that name none.
    """
    with session.answering():
        found = [{"society": society} | one for one in judgements(read_text(file))]
    body = {"assessments": found}
    key = hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    with session.platform() as platform:
        told = platform.ask("POST", PATH, json=body, headers={"Idempotency-Key": key[:64]}).json()
    if session.as_json:
        session.result(told)
    else:
        typer.echo(session.say(ALL_RECORDED, count=len(told["recorded"])))


def judgements(text: str) -> Iterator[dict[str, Any]]:
    """The judgements that a text of NDJSON or CSV holds; an empty cell says nothing.

    Raises:
        NotAJudgement: a line is neither.
    """
    text = text.removeprefix(_BOM)
    if not text.lstrip().startswith("{"):
        for row in csv.DictReader(io.StringIO(text, newline="")):
            yield {name: _YES_NO.get(value, value) for name, value in row.items() if name and value}
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _object(number, line)


def _object(number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NotAJudgement(field="file", value=line[:80], line=number)
    return found

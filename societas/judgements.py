"""A file of judgements: NDJSON, an object a line, or CSV with the names or labels of the fields in its first line."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chassis.json_names import first_twice
from chassis.language import N_, Phrase, translate
from chassis.refusals import Refusal, refuse
from contracts.vocabulary import AssessmentKind
from services.evaluation.domain.assessment_lists import LABELS

_BOM = "\ufeff"
_YES_NO = {"true": True, "false": False, "yes": True, "no": False, "是": True, "否": False}
_COLUMNS = {translate(label, language): name for name, label in LABELS.items() for language in ("zh", "en")}
_KINDS = {translate(Phrase(kind.value), "zh"): kind.value for kind in AssessmentKind}


class Judged(NamedTuple):
    """What one line of a file says, by the names of the fields."""

    line: int
    said: dict[str, Any]


class NotAJudgement(Refusal):
    """A line of a file of judgements cannot be read."""

    slug = "not-a-judgement"
    title = N_("The file cannot be read")

    def __init__(self, line: int, value: str, sentence: Phrase, **values: object) -> None:
        """`sentence` says what would be right, with these values."""
        self.line = line
        # A refusal's text is its class's as a rule; of these faults each has its own.
        self.detail = sentence  # type: ignore[misc]
        super().__init__(field="file", value=value[:80], **values, line=line)


_NO_OBJECT = N_("Line {line} is no object of JSON: {value}")
_TWICE = N_("Line {line} has the name {name} twice in one object; which value is meant, nobody can say.")
_NO_COLUMN = N_("Line {line}: there is no column {value}; there are: {columns}.")
_COLUMN_TWICE = N_("Line {line}: the column {value} stands twice.")
_TOO_MANY = N_("Line {line} has more cells than the first line has columns: {value}")


def judgements(text: str) -> list[Judged]:
    """The judgements that a text of NDJSON or CSV holds, with their lines; an empty cell says nothing.

    Raises:
        NotAJudgement: a line is neither; of several lines, all are named (SeveralFaults).
    """
    text = text.removeprefix(_BOM)
    found = list(_objects(text) if text.lstrip().startswith("{") else _rows(text))
    refuse([one for one in found if isinstance(one, NotAJudgement)])
    return [one for one in found if isinstance(one, Judged)]


def _objects(text: str) -> Iterator[Judged | NotAJudgement]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _object(number, line)


def _object(number: int, line: str) -> Judged | NotAJudgement:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        return NotAJudgement(number, line, _NO_OBJECT)
    twice = first_twice(line.encode(errors="replace"), found)
    return Judged(number, found) if twice is None else NotAJudgement(number, line, _TWICE, name=twice)


def _rows(text: str) -> Iterator[Judged | NotAJudgement]:
    lines = csv.reader(io.StringIO(text, newline=""))
    head = [cell.strip() for cell in next(lines, ())]
    columns = [_COLUMNS.get(cell, cell) for cell in head]
    wrong = list(_wrong_columns(head, columns))
    if wrong:
        yield from wrong
        return
    for cells in lines:
        if len(cells) > len(columns):
            yield NotAJudgement(lines.line_num, ",".join(cells), _TOO_MANY)
        elif any(cell.strip() for cell in cells):
            yield Judged(lines.line_num, _said(dict(zip(columns, cells, strict=False))))


def _wrong_columns(head: list[str], columns: list[str]) -> Iterator[NotAJudgement]:
    for place, (cell, name) in enumerate(zip(head, columns, strict=True)):
        if name not in LABELS:
            yield NotAJudgement(1, cell, _NO_COLUMN, columns=list(LABELS))
        elif name in columns[:place]:
            yield NotAJudgement(1, cell, _COLUMN_TWICE)


def _said(row: Mapping[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {name: cell.strip() for name, cell in row.items() if cell.strip()}
    if "holds" in said:
        said["holds"] = _YES_NO.get(said["holds"].lower(), said["holds"])
    if "kind" in said:
        said["kind"] = _KINDS.get(said["kind"], said["kind"])
    return said

"""`societas records`: which records there are, and who may do what with them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chassis.language import N_
from chassis.refusals import Refusal
from societas.commands.options import AsJson, Lang, ServiceName
from societas.commands.session import Session

if TYPE_CHECKING:
    from rich.table import Table

Record = Annotated[
    str | None, typer.Argument(metavar="[RECORD]", help="Its name in addresses; else all · 记录名，默认全部")
]

EVERYBODY = N_("everybody")
HEADS = (N_("Record"), N_("Label"), N_("Fields"), N_("Recorded by"), N_("Read by"), N_("Event"))


class NoSuchRecord(Refusal):
    """No record that is defined once has this name."""

    slug = "no-such-record"
    title = N_("There is no such record")
    detail = N_("{value} is none of {known}.")


def records(record: Record = None, *, service: ServiceName = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """Print the types of records: fields with labels, who records, corrects, withdraws and reads them · 记录种类.

    Without a platform; of the records that are defined once, which the others will be · 无需平台运行。
    """
    session = Session(as_json=as_json, lang=lang)
    with session.answering():
        found = list(_described(record, service))
    if as_json:
        session.result({"records": found})
    else:
        session.console().print(_table(session, found))


def _described(record: str | None, service: str | None) -> Iterator[dict[str, Any]]:
    from records.description import describe  # noqa: PLC0415 — the command line starts without it
    from societas.records import DEFINED  # noqa: PLC0415 — as above

    asked = {name: types for name, types in DEFINED.items() if service in {None, name}}
    known = [type_.path for types in asked.values() for type_ in types]
    if record is not None and record not in known:
        raise NoSuchRecord(field="record", value=record, known=known)
    for name, types in asked.items():
        for type_ in types:
            if record in {None, type_.path}:
                yield {"service": name, **describe(type_).model_dump(mode="json")}


def _table(session: Session, found: list[dict[str, Any]]) -> "Table":
    from rich.table import Table  # noqa: PLC0415 — as above

    table = Table(*map(session.say, HEADS), header_style="bold", box=None)
    for one in found:
        fields = ", ".join(f"{field['label'][session.language]} ({field['name']})" for field in one["fields"])
        read_by = ", ".join(one["read_by"]) or session.say(EVERYBODY)
        row = (one["record"], one["label"][session.language], fields, ", ".join(one["recorded_by"]), read_by)
        table.add_row(*row, one["event"])
    return table

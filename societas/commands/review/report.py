"""`societas review report`: the documents of a review, into a directory."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from chassis.language import N_
from chassis.refusals import Refusal
from societas.commands.moment import AsOf, KnownAt
from societas.commands.review.options import ROOT, Id
from societas.commands.session import Session
from societas.files import reason


class PaperForm(StrEnum):
    """What a document is written for."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"


Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to write them · 输出目录")]
Society = Annotated[list[str] | None, typer.Option("--society", help="Only its notice; else all · 仅此学会，可重复")]
Form = Annotated[list[PaperForm] | None, typer.Option("--format", help="Else all three · 格式，默认三种")]
WRITTEN = N_("{count} documents written to {out}.")


class OutNotWritable(Refusal):
    """The directory cannot be made or written."""

    slug = "out-not-writable"
    title = N_("The documents cannot be written")
    detail = N_("{value} cannot be written ({reason}).")


def report(
    session: Session,
    review: Id,
    out: Out,
    *,
    society: Society = None,
    form: Form = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> None:
    """Write the result list and the notices as PDF, for Word and for Excel · 输出公示表与通知书."""
    moment = {"as_of": as_of, "known_at": known_at}
    with session.platform() as platform:
        listed = platform.get(f"{ROOT}/{review}/results", **moment)["results"]
        papers = {"results": "results"} | {
            code: f"notices/{code}" for code in society or [row["society"] for row in listed]
        }
        written = [
            _write(
                out / f"{review}-{name}.{one}",
                platform.ask("GET", f"{ROOT}/{review}/{path}/{one}", query=moment).content,
            )
            for name, path in papers.items()
            for one in form or PaperForm
        ]
    if session.as_json:
        session.result({"review": review, "files": [str(path) for path in written]})
    else:
        typer.echo(session.say(WRITTEN, count=len(written), out=out))


def _write(path: Path, content: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise OutNotWritable(field="out", value=path, reason=reason(error)) from error
    return path

"""`societas explain`: every point of one society with its clause and its events."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from chassis.language import N_
from societas.commands.ratings import AsOf, KnownAt, Policy
from societas.commands.session import Session
from societas.commands.spoken import spoken
from societas.commands.titles import Titles
from societas.files import reason

Code = Annotated[str, typer.Argument(metavar="SOCIETY", help="Code of the society, e.g. A-18 · 学会代码")]
Indicator = Annotated[str | None, typer.Option("--indicator", help="Only this one · 仅此指标")]
Signed = Annotated[
    Path | None,
    typer.Option(
        "--signed",
        metavar="FILE",
        help="Into a signed file, to object with; - is standard output · 存为签名文件，- 为标准输出",
    ),
]

NO_SUCH_INDICATOR = N_("Policy {policy} has no indicator {value}. It has: {known}")
KEPT = N_("Signed and kept in {file}; check it with `societas verify {file}`.")
UNWRITABLE = N_("{file} cannot be written: {reason}")


@spoken
def explain(
    session: Session,
    society: Code,
    *,
    indicator: Indicator = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: Policy = None,
    signed: Signed = None,
) -> None:
    """Explain a rating: the clause and the events of every point, and what would earn the others · 说明得分依据."""
    from societas.explanation import print_explanation  # noqa: PLC0415 — the command line starts without it

    with session.platform() as platform:
        path, query = f"/api/evaluation/ratings/{society}", {"as_of": as_of, "known_at": known_at, "policy": policy}
        if signed is not None:
            _keep(session, signed, platform.ask("GET", f"{path}/signed", query=query).content)
            return
        document = platform.get(path, **query)
        titles = Titles.of(platform, document["policy"])
    if indicator is not None:
        document["indicators"] = _only(session, document, indicator)
    if session.as_json:
        session.result(document)
        return
    print_explanation(session, titles, document, sections=document["sections"] if indicator is None else [])


def _keep(session: Session, file: Path, content: bytes) -> None:
    if str(file) == "-":
        # The signature is of these bytes, so nothing else is said beside them.
        sys.stdout.buffer.write(content)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        said = session.say(UNWRITABLE, file=file, reason=reason(error))
        session.fail({"title": said, "field": "signed", "value": str(file)}, said)
    if session.as_json:
        session.result({"file": str(file), "bytes": len(content)})
    else:
        typer.echo(session.say(KEPT, file=file))


def _only(session: Session, document: dict[str, Any], indicator: str) -> list[dict[str, Any]]:
    found = [one for one in document["indicators"] if one["id"] == indicator]
    if not found:
        known = ", ".join(one["id"] for one in document["indicators"])
        said = session.say(NO_SUCH_INDICATOR, policy=document["policy"]["id"], value=indicator, known=known)
        session.fail({"title": said, "field": "indicator", "value": indicator}, said)
    return found

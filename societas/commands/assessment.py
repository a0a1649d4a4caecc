"""`societas assessment`: what only a person can judge of a society."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from chassis.language import N_, Phrase
from societas.commands.judgements import record_all
from societas.commands.moment import AsOf, KnownAt
from societas.commands.session import Session
from societas.commands.spoken import spoken

Society = Annotated[str, typer.Argument(metavar="SOCIETY", help="Code of the society, e.g. A-18 · 学会代码")]
Id = Annotated[str, typer.Argument(metavar="ASSESSMENT", help="Id of the judgement · 评审记录编号")]
Many = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help="Many at once: NDJSON or CSV, - for standard input · 批量登记文件"),
]
Item = Annotated[str | None, typer.Option("--item", help="The item: its id or title in the policy · 指标项")]
Kind = Annotated[
    Literal["expert-percentage", "finding", "satisfaction", "participation", "false-evidence"] | None,
    typer.Option("--kind", help="What kind of judgement · 记录类型"),
]
Assessor = Annotated[str | None, typer.Option("--assessor", help="An opaque id, never a name · 评审员编号")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of the judgement · 评审日期")]
Number = Annotated[str | None, typer.Option("--number", help="A percentage or a mark · 百分比或分数")]
Word = Annotated[str | None, typer.Option("--word", help="A word of the policy, or its title · 评语")]
Holds = Annotated[bool | None, typer.Option("--holds/--fails", help="Whether the item is met · 是否达到")]
Answer = Annotated[str | None, typer.Option("--answer", help="Which answer is false · 虚假的填报项")]
Concerns = Annotated[str | None, typer.Option("--concerns", metavar="EVENT", help="The event it is about · 所涉事件")]
Reason = Annotated[str, typer.Option("--reason", help="Why; stays in the service · 撤销原因，不进入事件")]

NEEDED = N_("{name} is needed, unless a file says it (--file).")
BESIDE = N_("What a file says cannot be said beside it: {names}.")
RECORDED = N_("Judgement {assessment} is recorded.")
WITHDRAWN = N_("Judgement {assessment} is withdrawn.")
LINE = N_("{assessed_on}  {item}  {kind}: {found}  ({id})")
NOT_ANY_MORE = N_("{line}, withdrawn on {withdrawn_on}")
NONE = N_("No judgement is recorded.")
YES, NO = N_("yes"), N_("no")

app = typer.Typer(no_args_is_help=True, help="What only a person can judge · 评审记录")


def record(
    session: Session,
    society: Annotated[str | None, typer.Argument(metavar="SOCIETY", help="Code of the society · 学会代码")] = None,
    *,
    file: Many = None,
    item: Item = None,
    kind: Kind = None,
    assessor: Assessor = None,
    on: On = None,
    number: Number = None,
    word: Word = None,
    holds: Holds = None,
    answer: Answer = None,
    concerns: Concerns = None,
) -> None:
    """Record an assessor's judgement of an item, or all those of a file; an assessor's latest counts · 登记评审记录."""
    found = {"number": number, "word": word, "holds": holds, "answer": answer, "concerns": concerns}
    needed = {"--item": item, "--kind": kind, "--assessor": assessor, "--on": on}
    if file is not None:
        beside = [f"--{name.lstrip('-')}" for name, given in (needed | found).items() if given is not None]
        if beside:
            raise typer.BadParameter(session.say(BESIDE, names=beside))
        record_all(session, file, society)
        return
    needed = {"SOCIETY": society, **needed}
    for name, given in needed.items():
        if given is None:
            raise typer.BadParameter(session.say(NEEDED, name=name))
    _tell(
        session,
        RECORDED,
        _path(society or ""),
        {"item": item, "kind": kind, "assessor": assessor, "assessed_on": on, **found},
    )


def withdraw(session: Session, society: Society, assessment: Id, reason: Reason) -> None:
    """Withdraw the record of a judgement: it was never made · 撤销评审记录."""
    _tell(session, WITHDRAWN, f"{_path(society)}/{assessment}/withdrawal", {"reason": reason})


def list_(session: Session, society: Society, *, as_of: AsOf = None, known_at: KnownAt = None) -> None:
    """List the judgements of a society, withdrawn ones included · 评审记录列表."""
    with session.platform() as platform:
        found = list(platform.every(_path(society), as_of=as_of, known_at=known_at))
    if session.as_json:
        session.result({"assessments": found})
    elif not found:
        session.note(NONE)
    for one in () if session.as_json else found:
        said = {"item": _titled(session, one, "item"), "kind": Phrase(one["kind"]), "found": _found(session, one)}
        line = session.say(LINE, **one | said)
        withdrawn_on = one["withdrawn_on"]
        typer.echo(session.say(NOT_ANY_MORE, line=line, withdrawn_on=withdrawn_on) if withdrawn_on else line)


def _path(society: str) -> str:
    return f"/api/evaluation/societies/{society}/assessments"


def _tell(session: Session, said: Phrase, path: str, body: Any) -> None:
    with session.platform() as platform:
        document = platform.post(path, body)
    if session.as_json:
        session.result(document)
    else:
        typer.echo(session.say(said, **document))


def _found(session: Session, one: dict[str, Any]) -> str:
    if one["holds"] is not None:
        return session.say(YES if one["holds"] else NO)
    return str(one["number"] or (one["word"] and _titled(session, one, "word")) or one["answer"] or "—")


def _titled(session: Session, one: dict[str, Any], field: str) -> str:
    """A word or an item by its title, by its id where the policy gives none."""
    title = one.get(f"{field}_title")
    return str(title[session.language] if title else one[field])


for command in (record, withdraw, list_):
    app.command(command.__name__.rstrip("_"))(spoken(command))

"""`societas policy`: the data files that say how societies are rated."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chassis.language import N_, Phrase
from chassis.refusals import MOST_FAULTS
from contracts.calendar import day_of
from societas.commands.options import AsJson, Lang
from societas.commands.ratings import AsOf, KnownAt
from societas.commands.session import FAILED, Session
from societas.commands.spoken import spoken
from societas.commands.tried import say_tried
from societas.files import read_text

if TYPE_CHECKING:
    from services.evaluation.domain import Checked, PolicyError

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="Policy file, YAML; - is standard input · 政策文件，- 为标准输入")
]
Id = Annotated[str, typer.Argument(metavar="[ID]", help="Id of the policy; the one in use if absent · 默认现行政策")]

VALID = N_("{file} is a valid policy: {id} {version}, {full} points, {indicators} indicators.")
FAULTS = N_("{file} is not a valid policy. Faults: {count}")
WARNINGS = N_("Warnings: {count}")
ELSEWHERE = N_("  {file} line {line}  {path}: {message}")
FAULT = N_("  line {line}  {path}: {message}")
MORE = N_("  and {count} more")
LISTED, IN_USE = N_("{called}  {title}  in force {begins} – {ends}{used}"), N_(" · in use")
ACTIVE = N_("Policy {id} {version} is in force; the ratings follow it from now on.")
FILED = N_("Policy {id} {version} is filed; nobody is rated by it.")
TAKES_OVER = N_("Policy {id} {version} is filed; it takes the place of the one in use on {takes_over_on}.")

app = typer.Typer(no_args_is_help=True, help="How societies are rated · 评价政策")


TryOn = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        help="Day to rate on where an example names none; today if absent · 示例未写日期时按此日",
    ),
]
Base = Annotated[
    Sequence[Path],
    typer.Option(
        "--base", metavar="FILE", help="A policy that FILE extends, if it is none of those shipped · 所修订的办法文件"
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Take every warning for a fault · 警告视为错误")]


@app.command()
def check(file: File, *, strict: Strict = False, base: Base = (), as_json: AsJson = False, lang: Lang = None) -> None:
    """Validate a policy file without a platform; names every fault and every warning with its line · 检查政策文件.

    Exit status: 0 if there are warnings alone, 1 if there are faults · 只有警告时为 0，有错误时为 1。
    """
    session = Session(as_json=as_json, lang=lang)
    checked = checked_file(session, file, base)
    if strict:
        checked = checked.strictly()
    if as_json:
        session.result(checked.as_json(session.language))
    elif checked.policy is not None:
        from services.evaluation.domain import decimal_text  # noqa: PLC0415 — as below

        policy = checked.policy
        identity = {"id": policy.id, "version": str(policy.version)}
        full = {"full": decimal_text(policy.full), "indicators": len(policy.indicators)}
        typer.echo(session.say(VALID, file=file, **identity, **full))
        _list(session, WARNINGS, checked.warnings)
    if checked.policy is None:
        if not as_json:
            say_faults(session, file, checked)
        raise typer.Exit(FAILED)


@app.command(name="try")
def try_policy(file: File, *, as_of: TryOn = None, base: Base = (), as_json: AsJson = False, lang: Lang = None) -> None:
    """Score the examples that a policy file has itself, without a platform · 试算政策文件中的示例.

    Exit status: 0 if every example comes out as expected, else 1 · 全部相符为 0，否则为 1。
    """
    from services.evaluation.domain import try_examples  # noqa: PLC0415 — as below

    session = Session(as_json=as_json, lang=lang)
    checked = checked_file(session, file, base)
    if checked.policy is None:
        if as_json:
            session.result(checked.as_json(session.language))
        else:
            say_faults(session, file, checked)
        raise typer.Exit(FAILED)
    tried = try_examples(checked.policy, as_of.date() if as_of else day_of(datetime.now(UTC)))
    say_tried(session, checked.policy, tried)
    if not tried or not all(one.passed for one in tried):
        raise typer.Exit(FAILED)


def checked_file(session: Session, file: Path, bases: Sequence[Path] = ()) -> "Checked":
    """What the text of a file turns out to be; what cannot be read ends the command."""
    from services.evaluation.domain import called, proofread  # noqa: PLC0415 — the command line starts without it
    from services.evaluation.shipped import SHIPPED, text_of  # noqa: PLC0415 — as above

    with session.answering():
        text, others = read_text(file), [read_text(base) for base in bases]
    return proofread(text, bases={called(one): one for one in (*map(text_of, SHIPPED), *others)})


def say_faults(session: Session, file: Path, checked: "Checked") -> None:
    """Everything that keeps a file from being a policy."""
    _list(session, FAULTS, checked.faults, file=file)


def _list(session: Session, head: Phrase, told: "Sequence[PolicyError]", **said: object) -> None:
    if told:
        typer.echo(session.say(head, count=len(told), **said))
    for one in told[:MOST_FAULTS]:
        typer.echo(session.say(ELSEWHERE if one.file else FAULT, **one.as_json(session.language)))
    if more := len(told[MOST_FAULTS:]):
        typer.echo(session.say(MORE, count=more))


@app.command(name="list")
@spoken
def list_policies(session: Session, *, as_of: AsOf = None, known_at: KnownAt = None) -> None:
    """List the policies on file, every version, and which is in use · 政策列表."""
    with session.platform() as platform:
        document: dict[str, Any] = platform.get("/api/evaluation/policies", as_of=as_of, known_at=known_at)
    if session.as_json:
        session.result(document)
        return
    for one in document["policies"]:
        used = session.say(IN_USE) if (one["id"], one["version"]) == tuple(document["active"].values()) else ""
        title = one["title"][session.language]
        typer.echo(session.say(LISTED, called=f"{one['id']}@{one['version']}", title=title, **_period(one), used=used))


def _period(one: dict[str, Any]) -> dict[str, str]:
    period = one["in_force"]
    return {"begins": period["from"], "ends": period["until"] or ""}


@app.command()
@spoken
def show(session: Session, policy: Id = "active", *, as_of: AsOf = None, known_at: KnownAt = None) -> None:
    """Show a policy: its text, or all of it as JSON · 查看政策."""
    with session.platform() as platform:
        document: dict[str, Any] = platform.get(f"/api/evaluation/policies/{policy}", as_of=as_of, known_at=known_at)
    if session.as_json:
        session.result(document)
    else:
        typer.echo(document["text"])


@app.command()
@spoken
def activate(session: Session, file: File) -> None:
    """File a policy and rate by it from now on · 启用政策."""
    _send(session, file, "/api/evaluation/policies/activate", ACTIVE)


@app.command(name="file")
@spoken
def file_policy(session: Session, file: File) -> None:
    """File a policy without putting it in force · 存档政策而不启用."""
    _send(session, file, "/api/evaluation/policies", FILED)


def _send(session: Session, file: Path, path: str, said: Phrase) -> None:
    with session.platform() as platform:
        headers = {"Content-Type": "application/yaml"}
        document = platform.ask("POST", path, content=read_text(file).encode(), headers=headers).json()
    if session.as_json:
        session.result(document)
        return
    day = document.get("takes_over_on")
    typer.echo(session.say(TAKES_OVER if day else said, takes_over_on=day, **document["policy"]))

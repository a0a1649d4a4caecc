"""`societas verify`: whether a signed explanation is what the platform signed, and adds up."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from chassis.language import N_
from societas.commands.options import AsJson, Lang, Url
from societas.commands.session import FAILED, Session
from societas.files import reason

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="Signed explanation; - is standard input · 签名的得分说明，- 为标准输入")
]
Key = Annotated[
    Path | None, typer.Option("--key", metavar="FILE", help="Public key (JWK set); else asked of the platform · 公钥")
]

CANNOT = 2
HOLDS = N_(
    "{file} is genuine: signed with key {key}; {events} events and the policy enclosed give {society} "
    "{total} of {max} points, as it says."
)
RESPELT = N_(
    "Its content is what was signed. Its spelling is not: "
    "line ends, indents or the order of names were changed on its way."
)
BROKEN = N_("{file} is NOT what the platform signed:")
UNREADABLE = N_("{file} cannot be read: {reason}")
NO_KEY = N_("{file} is signed with a key that is not among those given. Name its public key with --key.")


def verify(file: File, *, key: Key = None, url: Url = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """Check a signed explanation: signature, digests, and the rating worked out again; 1 if wrong · 核验得分说明."""
    session = Session(as_json=as_json, lang=lang, url=url)
    raw = _read(session, file)
    jwks = _keys(session, key)
    from chassis.signing import UnknownKey  # noqa: PLC0415 — the command line starts without it
    from services.evaluation.sealing import check  # noqa: PLC0415 — as above

    try:
        verdict = check(raw, jwks)
    except UnknownKey:
        _cannot(session, session.say(NO_KEY, file=file))
    rating = verdict.rating or {}
    told = {name: rating.get(f"societas:{name}") for name in ("society", "total", "max")}
    if as_json:
        said = [fault.as_json() for fault in verdict.faults]
        found = {"key": verdict.key, "events": verdict.events, "as_written": verdict.as_written}
        session.result({"genuine": not said, "faults": said, **found, **told})
    elif verdict.faults:
        typer.echo(
            "\n  ".join([session.say(BROKEN, file=file), *(one.say(session.language) for one in verdict.faults)])
        )
    else:
        typer.echo(session.say(HOLDS, file=file, key=verdict.key, events=verdict.events, **told))
        if not verdict.as_written:
            typer.echo(session.say(RESPELT))
    if verdict.faults:
        raise typer.Exit(FAILED)


def _read(session: Session, file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        _cannot(session, session.say(UNREADABLE, file=file, reason=reason(error)))


def _keys(session: Session, key: Path | None) -> dict[str, Any]:
    if key is None:
        with session.platform() as platform:
            found: dict[str, Any] = platform.get("/api/evaluation/signing-keys")
            return found
    try:
        keys: dict[str, Any] = json.loads(_read(session, key))
    except ValueError:
        keys = {}
    if not isinstance(keys, dict) or not isinstance(keys.get("keys"), list):
        _cannot(session, session.say(UNREADABLE, file=key, reason="JWK set?"))
    return keys


def _cannot(session: Session, text: str) -> NoReturn:
    typer.echo(json.dumps({"error": {"title": text}}, ensure_ascii=False) if session.as_json else text, err=True)
    raise typer.Exit(CANNOT)

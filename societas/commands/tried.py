"""How the examples of a policy came out, for people and as JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from chassis.language import N_
from societas.commands.session import Session

if TYPE_CHECKING:
    from services.evaluation.domain import Policy
    from services.evaluation.domain.trying import Compared, Tried

NOTHING = N_("{policy} has no examples: write some under examples, each with given and expected.")
PASSED = N_("✓ Example {number}, {as_of}: {title}")
MISSED = N_("✗ Example {number}, {as_of}: {title}")
DIFFERENT = N_("    {what}: {expected} expected, {got} came out")
BECAUSE = N_("      {arithmetic}")
SUM = N_("{policy}: {passed} of {count} examples came out as expected.")
CALLED = {
    "total": N_("total"),
    "max": N_("full marks that apply"),
    "completeness": N_("completeness"),
    "grade": N_("grade"),
    "profile": N_("profile"),
    "peer_group": N_("peer group"),
    "vetoes": N_("vetoes"),
    "ineligible": N_("requirements not met"),
}


def say_tried(session: Session, policy: "Policy", tried: "Sequence[Tried]") -> None:
    """Prints every example, and of those that came out otherwise what was expected and what came."""
    passed = sum(one.passed for one in tried)
    name = f"{policy.id}@{policy.version}"
    if session.as_json:
        document = {"id": policy.id, "version": str(policy.version)}
        told = [_document(session, one) for one in tried]
        session.result({"valid": True, "policy": document, "passed": passed, "count": len(tried), "examples": told})
        return
    if not tried:
        typer.echo(session.say(NOTHING, policy=name))
        return
    for one in tried:
        title = one.title.say(session.language) if one.title else ""
        head = session.say(PASSED if one.passed else MISSED, number=one.number, as_of=one.as_of, title=title)
        typer.echo(head.rstrip(" :："))
        for compared in one.compared:
            if not compared.passed:
                _different(session, compared)
    typer.echo(session.say(SUM, policy=name, passed=passed, count=len(tried)))


def _different(session: Session, compared: "Compared") -> None:
    typer.echo(session.say(DIFFERENT, what=_what(session, compared), expected=compared.expected, got=compared.got))
    if compared.arithmetic is not None:
        typer.echo(session.say(BECAUSE, arithmetic=compared.arithmetic.say(session.language)))


def _what(session: Session, compared: "Compared") -> str:
    if compared.title is None:
        return session.say(CALLED[compared.path])
    return f"{compared.title.say(session.language)} ({compared.path})"


def _document(session: Session, tried: "Tried") -> dict[str, Any]:
    return {
        "example": tried.number,
        "title": tried.title and tried.title.as_json(),
        "as_of": tried.as_of.isoformat(),
        "passed": tried.passed,
        "compared": [
            {
                "path": one.path,
                "passed": one.passed,
                "expected": one.expected,
                "got": one.got,
                "arithmetic": one.arithmetic and one.arithmetic.say(session.language),
            }
            for one in tried.compared
        ],
    }

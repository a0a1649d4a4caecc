"""What the commands of a review have in common."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chassis.language import N_, Phrase
from chassis.refusals import Refusal
from societas.commands.session import Session

if TYPE_CHECKING:
    from societas.platform import Platform

Id = Annotated[str, typer.Argument(metavar="REVIEW", help="Id of the review, e.g. review-2025 · 评审编号")]
Objection = Annotated[
    str, typer.Argument(metavar="OBJECTION", help="Its number within the review, from 1, or its id · 异议序号或编号")
]
OtherMember = Annotated[
    str | None,
    typer.Option("--member", help="Number on the committee, e.g. p-1; oneself if absent · 委员编号，默认本人"),
]

PHASES: dict[str, Phrase] = {
    "broken": N_("broken"),
    "opened": N_("opened"),
    "frozen": N_("frozen"),
    "published": N_("published for objection"),
    "confirmed": N_("confirmed"),
    "assigned": N_("with classes assigned"),
    "sealed": N_("sealed"),
}
STEPPED = N_("Review {review} is {phase}; step {step}, {chain}")
ROOT = "/api/evaluation/reviews"


class NoSuchObjection(Refusal):
    """The review has fewer objections."""

    slug = "no-such-objection"
    title = N_("Unknown objection")
    detail = N_("Review {review} has {count} objections; there is no number {value}.")


def step(session: Session, review: str, door: str, body: Any = None) -> None:
    """Takes a step of a review, and says how far it is then."""
    with session.platform() as platform:
        told(session, platform.post(f"{ROOT}/{review}/{door}", body))


def objection_step(session: Session, review: str, objection: str, door: str, body: Any = None) -> None:
    """Takes a step with one objection."""
    with session.platform() as platform:
        id_ = objection_id(platform, review, objection)
        told(session, platform.post(f"{ROOT}/{review}/objections/{id_}/{door}", body))


def told(session: Session, document: dict[str, Any]) -> None:
    """Prints what came of a step."""
    if session.as_json:
        session.result(document)
    else:
        shown = document | {"phase": session.say(PHASES[document["phase"]])}
        typer.echo(session.say(STEPPED, **shown))


def objection_id(platform: "Platform", review: str, objection: str) -> str:
    """The id of an objection that is named by its number, or itself."""
    if not objection.isdecimal():
        return objection
    known = platform.get(f"{ROOT}/{review}")["objections"]
    if not 1 <= int(objection) <= len(known):
        raise NoSuchObjection(field="objection", value=objection, review=review, count=len(known))
    return str(known[int(objection) - 1]["objection"])

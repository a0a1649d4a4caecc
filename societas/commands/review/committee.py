"""Objections, and what becomes of them."""

from typing import Annotated, Any, Literal

import typer

from societas.commands.review.options import ROOT, Id, Objection, OtherMember, objection_id, objection_step, step, told
from societas.commands.session import Session

Objector = Annotated[str, typer.Option("--objector", help="Society that objects · 提出异议的学会")]
About = Annotated[str, typer.Option("--about", help="Society whose figure it is · 被异议的学会")]
Indicator = Annotated[str | None, typer.Option("--indicator", help="The whole rating if absent · 指标，默认整体")]
Text = Annotated[str, typer.Option("--text", help="Why; no event carries it · 理由，不进入事件")]
Members = Annotated[
    list[str],
    typer.Option(
        "--member", help="p-1, or with posts p-1=A-18,B-01:2024-05-31 (held; left on that day) · 委员及任职，可重复"
    ),
]
Reason = Annotated[Literal["interest", "former-post", "other"], typer.Option("--reason", help="Why · 回避事由")]
Choice = Annotated[Literal["uphold", "dismiss", "abstain"], typer.Option("--vote", help="The vote · 表决意见")]
Events = Annotated[list[str] | None, typer.Option("--event", help="Id of a record to take in · 采纳的记录，可重复")]
PutRightBy = Annotated[
    str | None,
    typer.Option("--put-right-by", metavar="OBJECTION", help="What put it right already · 已由此异议的更正纠正"),
]
Kind = Annotated[Literal["warning", "rectification", "removal"], typer.Option("--sanction", help="What · 惩戒种类")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="End of a rectification · 整改期限")]


def object_(
    session: Session, review: Id, *, objector: Objector, about: About, text: Text, indicator: Indicator = None
) -> None:
    """Object to a published figure, one's own or another's · 提出异议."""
    step(session, review, "objections", {"objector": objector, "about": about, "indicator": indicator, "text": text})


def panel(session: Session, review: Id, member: Members) -> None:
    """Seat the committee of 7 to 25 members, by numbers · 组成评估委员会."""
    with session.platform() as platform:
        told(session, platform.post(f"{ROOT}/{review}/panel", {"members": [_member(one) for one in member]}))


def recuse(session: Session, review: Id, objection: Objection, reason: Reason, *, member: OtherMember = None) -> None:
    """Record that a member takes no part, oneself or another · 登记回避."""
    objection_step(session, review, objection, "recusals", {"member": member, "reason": reason})


def vote(session: Session, review: Id, objection: Objection, choice: Choice) -> None:
    """Vote for the seat that the token is of; the vote stands · 记名表决（以席位令牌）."""
    objection_step(session, review, objection, "votes", {"vote": choice})


def decide(session: Session, review: Id, objection: Objection) -> None:
    """Count the votes and decide · 裁定异议."""
    objection_step(session, review, objection, "decision")


def send(session: Session, review: Id, objection: Objection) -> None:
    """Record that the decision went to the objector · 送达决定."""
    objection_step(session, review, objection, "dispatch")


def revise(
    session: Session, review: Id, objection: Objection, *, event: Events = None, put_right_by: PutRightBy = None
) -> None:
    """Make the rating anew with the records that put right what was upheld · 更正评价."""
    with session.platform() as platform:
        other = put_right_by and objection_id(platform, review, put_right_by)
        door = f"{ROOT}/{review}/objections/{objection_id(platform, review, objection)}/revision"
        told(session, platform.post(door, {"admitted": event or [], "put_right_by": other}))


def sanction(session: Session, review: Id, objection: Objection, sanction: Kind, until: Until = None) -> None:
    """Sanction the society whose figures an upheld objection was about · 惩戒."""
    objection_step(session, review, objection, "sanction", {"sanction": sanction, "until": until})


def _member(text: str) -> dict[str, Any]:
    number, _, posts = text.partition("=")
    held = [post.partition(":") for post in posts.split(",") if post]
    return {"member": number, "posts": [{"society": society, "left_on": day or None} for society, _, day in held]}

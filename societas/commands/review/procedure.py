"""The steps that are the association's."""

from typing import Annotated

import typer

from societas.commands.review.options import ROOT, Id, step, told
from societas.commands.session import Session

AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The day to rate on · 评价截止日，默认今天")]
Policy = Annotated[str | None, typer.Option("--policy", help="Id of the policy · 评价办法，默认现行")]
PublishBy = Annotated[
    str | None, typer.Option("--publish-by", metavar="DATE", help="Results are due; in 15 days if absent · 公示期限")
]
ObjectionDays = Annotated[int, typer.Option("--objection-days", min=1, max=60, help="Days for objections · 异议期天数")]
AnswerDays = Annotated[int, typer.Option("--answer-days", min=1, max=365, help="Days to decide them · 裁定期限天数")]

Category = Annotated[
    str, typer.Argument(metavar="CLASS", help="The class that ends among equals · 名额在并列者间用尽的分类")
]
Chosen = Annotated[list[str], typer.Option("--society", help="Whom the committee chose · 委员会选定的学会，可重复")]
Present = Annotated[int, typer.Option("--present", min=0, help="Members who voted · 到会表决委员数")]
InFavour = Annotated[int, typer.Option("--in-favour", min=0, help="Members who agreed · 赞成委员数")]


def open_(
    session: Session,
    review: Id,
    *,
    as_of: AsOf = None,
    policy: Policy = None,
    publish_by: PublishBy = None,
    objection_days: ObjectionDays = 7,
    answer_days: AnswerDays = 30,
) -> None:
    """Open a review of all societies · 启动评审."""
    terms = {"review": review, "as_of": as_of, "policy": policy, "publish_by": publish_by}
    with session.platform() as platform:
        body = terms | {"objection_days": objection_days, "answer_days": answer_days}
        told(session, platform.post(ROOT, body))


def freeze(session: Session, review: Id) -> None:
    """Freeze the ratings; later records do not move them · 冻结评价数据."""
    step(session, review, "snapshot")


def publish(session: Session, review: Id) -> None:
    """Publish the results for objection · 公示结果."""
    step(session, review, "publication")


def confirm(session: Session, review: Id) -> None:
    """Confirm the results once every objection is dealt with · 确认结果."""
    step(session, review, "confirmation")


def assign(session: Session, review: Id) -> None:
    """Put every society into its class, which binds from now on · 分类认定."""
    step(session, review, "classes")


def tie(
    session: Session, review: Id, category: Category, *, society: Chosen, present: Present, in_favour: InFavour
) -> None:
    """Record whom the committee chose where a class ends among equals · 并列名额裁定."""
    step(
        session,
        review,
        "ties",
        {"category": category, "chosen": society, "present": present, "in_favour": in_favour},
    )


def seal(session: Session, review: Id) -> None:
    """Close the file; nothing can change after · 归档封存."""
    step(session, review, "seal")

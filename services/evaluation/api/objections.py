"""HTTP of objections: raising them, and what the committee and the association make of them."""

from collections.abc import Iterable
from typing import Any

from fastapi import Request
from pydantic import BaseModel, Field

from chassis import quotas
from chassis.access import CallerDep, require
from chassis.days import Day
from chassis.language import N_
from chassis.serving import service_of
from chassis.web import Beginning, Reading, Writing, router
from contracts.event import EventId, ObjectionId, PanelMemberId, ReviewId, SocietyId
from contracts.values import ItemId
from contracts.vocabulary import PanelVote, RecusalReason, ReviewSanction
from services.evaluation import store
from services.evaluation.api.asked import AskedMoment, past_of
from services.evaluation.api.review_forms import EXAMPLE_ID, Form, Stepped, Told, stepped
from services.evaluation.api.reviews import made_under_review, societies_rated
from services.evaluation.api.seats import act, own_seat, role_of
from services.evaluation.domain.review import closing, panel
from services.evaluation.domain.review import objections as domain
from services.evaluation.domain.review.phases import objection_of
from services.evaluation.reviewing import desk, ratings
from services.evaluation.store import reviews as kept
from services.rights import COMMITTEE, EVALUATION, REVIEWERS

objections = router("objections")
MOST_ADMITTED = 100
OBJECTIONS = N_("Objections")


class ObjectionForm(Form):
    """An objection, in writing: by whom, about which society's figure, and why."""

    objector: SocietyId = Field(examples=["A-18"])
    about: SocietyId = Field(examples=["A-18"])
    indicator: ItemId | None = Field(default=None, description="The whole rating if absent", examples=["salons"])
    text: Told = Field(description="Stays with evaluation; no event carries it", examples=["上半年两次沙龙未计入。"])


class Raised(Stepped):
    """The objection is on file."""

    objection: ObjectionId = Field(examples=[EXAMPLE_ID])


class PostForm(Form):
    """A post that a member holds in a society, or held until a day."""

    society: SocietyId = Field(examples=["B-01"])
    left_on: Day | None = Field(default=None, description="Absent while it is held", examples=["2024-05-31"])


class MemberForm(Form):
    """A member of the committee, by number, with posts in societies; posts stay with evaluation."""

    member: PanelMemberId = Field(examples=["p-1"])
    posts: list[PostForm] = Field(default=[], max_length=50)


class PanelForm(Form):
    """The committee: 7 to 25 members."""

    members: list[MemberForm] = Field(max_length=100)


class RecusalForm(Form):
    """Who takes no part, and why. A member says so for the own seat, the association and the evaluator for any."""

    member: PanelMemberId | None = Field(default=None, description="The caller's own seat if absent", examples=["p-3"])
    reason: RecusalReason


class VoteForm(Form):
    """A recorded vote of the caller's seat: to uphold the objection, to dismiss it, or neither."""

    vote: PanelVote


class Seats(BaseModel):
    """The seats on a panel: the role that each has, of whom one token is made for one person."""

    review: ReviewId = Field(examples=["review-2025"])
    roles: list[str] = Field(examples=[["panel:review-2025:p-1"]])


class Seated(Stepped, Seats):
    """The panel is seated."""


class RevisionForm(Form):
    """The records that the rating takes in although they were told after the snapshot."""

    admitted: list[EventId] = Field(default=[], max_length=MOST_ADMITTED, examples=[[EXAMPLE_ID]])
    put_right_by: ObjectionId | None = Field(
        default=None, description="The objection to the same fault after which it was put right", examples=[None]
    )


class SanctionForm(Form):
    """What is imposed; a rectification has an end."""

    sanction: ReviewSanction
    until: Day | None = Field(default=None, examples=[None])


@objections.post("/reviews/{review}/objections", status_code=201, dependencies=[EVALUATION["objections"].may_record])
async def object_to(
    review: ReviewId, form: ObjectionForm, caller: CallerDep, request: Request, begin: Beginning
) -> Raised:
    """Object to published figures (提出异议); the association files what it got on paper."""
    require(caller, "association", f"society:{form.objector}")
    rated, policy = await societies_rated(request, review)
    work = await begin()
    held = await desk.take_up(work, review)
    raised = domain.raise_objection(
        held,
        work.new_id(),
        **dict(form),
        societies=rated,
        indicators={one.id for one in policy.indicators},
        at=work.now(),
    )
    most = service_of(request).settings.objections_per_day
    await quotas.take(work, "objector", form.objector, OBJECTIONS, kind="objections", count=1, most=most)
    await kept.keep_text(work.conn, raised.objection, form.text)
    done = stepped(await desk.record(work, held, [raised]))
    return Raised(objection=raised.objection, **dict(done))


@objections.get("/reviews/{review}/objections/{objection}", dependencies=[EVALUATION["objections"].may_read])
async def read_objection(
    review: ReviewId, objection: ObjectionId, look: Reading, moment: AskedMoment, caller: CallerDep
) -> dict[str, Any]:
    """One objection with its text, recusals and votes, for those who decide it and those who check that."""
    held = await kept.load_review(look, review, moment)
    if caller.roles.isdisjoint(REVIEWERS):
        own_seat(caller, await kept.load_review(look, review))
    one = objection_of(held, objection)
    return {
        "objection": one.id,
        "objector": one.objector,
        "about": one.about,
        "indicator": one.indicator,
        "text": await kept.text_of_objection(look, objection),
        "text_hash": one.text_hash,
        "recused": dict(one.recused),
        "votes": dict(one.votes),
        "outcome": one.decision.outcome if one.decision else None,
    }


@objections.post("/reviews/{review}/panel", status_code=201, dependencies=[EVALUATION["panels"].may_record])
async def seat_panel(review: ReviewId, form: PanelForm, work: Writing) -> Seated:
    """Seat the evaluation committee (组成评估委员会), or another in its place; a number stays one person's."""
    held = await desk.take_up(work, review)
    seated = panel.seat(held, [one.member for one in form.members], at=work.now())
    posts = {one.member: [panel.Post(post.society, post.left_on) for post in one.posts] for one in form.members}
    await kept.put_posts(work.conn, review, posts)
    done = stepped(await desk.record(work, held, [seated]))
    return Seated(roles=_roles(review, seated.members), **dict(done))


@objections.get("/reviews/{review}/panel", dependencies=[EVALUATION["panels"].may_read])
async def read_panel(review: ReviewId, look: Reading) -> Seats:
    """The seats of the panel that is seated now; none once the results are confirmed."""
    held = await kept.load_review(look, review)
    return Seats(review=review, roles=_roles(review, () if held.confirmed_on else held.panel))


def _roles(review: ReviewId, members: Iterable[PanelMemberId]) -> list[str]:
    return [role_of(review, member) for member in members]


@objections.post(
    "/reviews/{review}/objections/{objection}/recusals",
    status_code=201,
    dependencies=[EVALUATION["recusals"].may_record],
)
async def recuse(
    review: ReviewId, objection: ObjectionId, form: RecusalForm, caller: CallerDep, work: Writing
) -> Stepped:
    """Record that a member takes no part in an objection (回避)."""
    held = await desk.take_up(work, review)
    member = form.member
    if member is None or caller.roles.isdisjoint(COMMITTEE):
        member = await act(work, caller, held)
        require(caller, role_of(review, form.member or member))
    recused = panel.recuse(held, objection, member, form.reason, at=work.now())
    return stepped(await desk.record(work, held, [recused]))


@objections.post(
    "/reviews/{review}/objections/{objection}/votes", status_code=201, dependencies=[EVALUATION["votes"].may_record]
)
async def vote(review: ReviewId, objection: ObjectionId, form: VoteForm, caller: CallerDep, work: Writing) -> Stepped:
    """Record the vote of the caller's seat on an objection (记名投票); it stands."""
    held = await desk.take_up(work, review)
    member = await act(work, caller, held)
    posts = (await kept.posts_of(work.conn, review)).get(member, ())
    voted = panel.vote(held, objection, member, form.vote, posts=posts, at=work.now())
    return stepped(await desk.record(work, held, [voted]))


@objections.post(
    "/reviews/{review}/objections/{objection}/decision",
    status_code=201,
    dependencies=[EVALUATION["decisions"].may_record],
)
async def decide(review: ReviewId, objection: ObjectionId, work: Writing) -> Stepped:
    """Count the votes and decide (裁定): upheld by more than half of all members, two thirds being present."""
    held = await desk.take_up(work, review)
    steps = panel.decide(held, objection, posts=await kept.posts_of(work.conn, review), at=work.now())
    return stepped(await desk.record(work, held, steps))


@objections.post(
    "/reviews/{review}/objections/{objection}/dispatch",
    status_code=201,
    dependencies=[EVALUATION["dispatches"].may_record],
)
async def send_decision(review: ReviewId, objection: ObjectionId, work: Writing) -> Stepped:
    """Record that the decision went to the objector (送达), within 15 days of being made or it is a finding."""
    held = await desk.take_up(work, review)
    return stepped(await desk.record(work, held, [domain.send_decision(held, objection, at=work.now())]))


@objections.post(
    "/reviews/{review}/objections/{objection}/revision",
    status_code=201,
    dependencies=[EVALUATION["revisions"].may_record],
)
async def revise(
    review: ReviewId, objection: ObjectionId, form: RevisionForm, request: Request, begin: Beginning
) -> Stepped:
    """Make a rating anew (更正) with the records that put right what was upheld; all else stays as frozen.

    Where the revision after another objection put it right already, that is named, and nothing moves.
    """
    made = await made_under_review(request, review)
    found = made.review
    about = objection_of(found, objection).about
    async with service_of(request).db.reading() as look:
        facts = await store.facts_of(look, [about])
    admitted = closing.admissible(found, objection, facts, form.admitted, form.put_right_by)
    known_at = found.snapshot.known_at if found.snapshot else ""
    together = found.admitted | set(admitted)
    after = made.standings
    if together != found.admitted:
        after = await ratings.rated(past_of(request), found, made.policy, known_at=known_at, admitted=together)
    work = await begin()
    held = await desk.take_up(work, review)
    made.require_same(held)
    revised = closing.revise(held, objection, admitted, before=made.standings, after=after, at=work.now())
    await kept.keep_results(work.conn, review, revised.hash, [one.as_json() for one in after])
    return stepped(await desk.record(work, held, [revised]))


@objections.post(
    "/reviews/{review}/objections/{objection}/sanction",
    status_code=201,
    dependencies=[EVALUATION["sanctions"].may_record],
)
async def sanction(review: ReviewId, objection: ObjectionId, form: SanctionForm, work: Writing) -> Stepped:
    """Sanction the society whose figures an upheld objection was about (惩戒)."""
    held = await desk.take_up(work, review)
    imposed = closing.sanction(held, objection, form.sanction, form.until, at=work.now())
    return stepped(await desk.record(work, held, [imposed]))

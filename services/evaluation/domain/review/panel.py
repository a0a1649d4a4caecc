"""The evaluation committee (评估委员会): who sits, who is recused, who voted how, what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.calendar import day_of
from contracts.evaluation import MemberRecused, ObjectionDecided, PanelSeated, VoteRecorded
from contracts.evaluation.reviews import ReviewStep
from contracts.vocabulary import ObjectionOutcome, PanelVote, RecusalReason
from services.evaluation.domain.review.file import apply, write
from services.evaluation.domain.review.phases import expect, objection_of
from services.evaluation.domain.review.quorum import FEWEST, MOST, carried, least_present, quorate
from services.evaluation.domain.review.refusals import (
    AlreadyRecused,
    AlreadyVoted,
    MemberTwice,
    MustRecuse,
    NoQuorum,
    NotAMember,
    ObjectionClosed,
    PanelSize,
    VoteUnderWay,
)
from services.evaluation.domain.review.state import Objection, Phase, Review

RECUSED_YEARS = 2
"""Who left a society less than two years ago takes no part in its matters (order 39, art. 19)."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post that a member holds in a society, or held until a day."""

    society: str
    left_on: date | None

    def binds(self, day: date) -> bool:
        """Whether it still keeps its holder from taking part; free again two years to the day after leaving."""
        if self.left_on is None:
            return True
        free = (self.left_on.year + RECUSED_YEARS, self.left_on.month, self.left_on.day)
        return (day.year, day.month, day.day) < free


Posts = Mapping[str, Sequence[Post]]
"""The posts of the members by their numbers; they stay with evaluation."""


def seat(review: Review, members: Sequence[str], *, at: datetime) -> PanelSeated:
    """Seats the committee, or another in its place.

    Raises:
        WrongPhase: classes are assigned.
        PanelSize, MemberTwice: these are not 7 to 25 different members.
        VoteUnderWay: an objection has votes and no decision.
    """
    expect(review, Phase.OPENED, Phase.FROZEN, Phase.PUBLISHED, Phase.CONFIRMED)
    if not FEWEST <= len(members) <= MOST:
        raise PanelSize(field="members", value=len(members), fewest=FEWEST, most=MOST)
    for member in members:
        if members.count(member) > 1:
            raise MemberTwice(field="members", value=member)
    for one in review.objections.values():
        if one.votes and one.decision is None:
            raise VoteUnderWay(field="members", value=one.id)
    return write(review, PanelSeated, at, members=tuple(members))


def recuse(review: Review, objection: str, member: str, reason: RecusalReason, *, at: datetime) -> MemberRecused:
    """A member takes no part in an objection (回避).

    Raises:
        WrongPhase, UnknownObjection, ObjectionClosed: there is nothing to take part in.
        NotAMember, AlreadyRecused, AlreadyVoted: this member cannot be recused.
    """
    _free_to_act(_undecided(review, objection), member, review)
    return write(review, MemberRecused, at, objection=objection, member=member, reason=reason)


def vote(
    review: Review, objection: str, member: str, choice: PanelVote, *, posts: Sequence[Post], at: datetime
) -> VoteRecorded:
    """A member votes, on record; `posts` are the member's own.

    Raises:
        WrongPhase, UnknownObjection, ObjectionClosed: there is nothing to vote on.
        NotAMember, AlreadyRecused, AlreadyVoted: this member cannot vote.
        MustRecuse: the member holds, or lately held, a post in a party.
    """
    one = _undecided(review, objection)
    _free_to_act(one, member, review)
    bond = _bond(one, posts, day_of(at))
    if bond is not None:
        raise MustRecuse(field="member", value=member, society=bond.society, years=RECUSED_YEARS)
    return write(review, VoteRecorded, at, objection=objection, member=member, vote=choice)


def decide(review: Review, objection: str, *, posts: Posts, at: datetime) -> list[ReviewStep]:
    """Counts the votes: upheld with more than half of all members, otherwise dismissed; a tie is no majority.

    Members whose posts keep them from taking part, and whose recusal nobody recorded, are recused first.

    Raises:
        WrongPhase, UnknownObjection, ObjectionClosed: there is nothing to decide.
        NoQuorum: fewer than two thirds of all members voted.
    """
    told: list[ReviewStep] = []
    one = _undecided(review, objection)
    for member in review.panel:
        if member not in one.recused and _bond(one, posts.get(member, ()), day_of(at)) is not None:
            told.append(recuse(review, objection, member, RecusalReason.FORMER_POST, at=at))
            review = apply(review, told[-1])
    one = review.objections[objection]
    votes, members = list(one.votes.values()), len(review.panel)
    if not quorate(len(votes), members) or not members:
        least = least_present(members or FEWEST)
        raise NoQuorum(field="objection", value=len(votes), members=members, least=least)
    uphold = votes.count(PanelVote.UPHOLD)
    outcome = ObjectionOutcome.UPHELD if carried(uphold, members) else ObjectionOutcome.DISMISSED
    decided = write(
        review,
        ObjectionDecided,
        at,
        objection=objection,
        outcome=outcome,
        members=members,
        present=len(votes),
        recused=sum(member in one.recused for member in review.panel),
        uphold=uphold,
        dismiss=votes.count(PanelVote.DISMISS),
    )
    return [*told, decided]


def _undecided(review: Review, objection: str) -> Objection:
    expect(review, Phase.PUBLISHED)
    one = objection_of(review, objection)
    if one.decision is not None:
        raise ObjectionClosed(field="objection", value=objection, decided_on=one.decision.decided_on)
    return one


def _free_to_act(objection: Objection, member: str, review: Review) -> None:
    if member not in review.panel:
        raise NotAMember(field="member", value=member)
    if member in objection.recused:
        raise AlreadyRecused(field="member", value=member)
    if member in objection.votes:
        raise AlreadyVoted(field="member", value=member)


def _bond(objection: Objection, posts: Sequence[Post], day: date) -> Post | None:
    return next((post for post in posts if post.society in objection.parties and post.binds(day)), None)

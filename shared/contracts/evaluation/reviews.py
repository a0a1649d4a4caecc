"""The review: what turns a live rating into a class that binds, step by step."""

from typing import Annotated

from pydantic import Field

from contracts.event import Event, EventId, ObjectionId, PanelMemberId, ReviewId, SocietyEvent, SocietyId
from contracts.values import (
    ClassId,
    Count,
    Day,
    DayAhead,
    Digest,
    Grade,
    Instant,
    ItemId,
    Points,
    PolicyId,
    PolicyVersion,
    Several,
    YesNo,
)
from contracts.vocabulary import ObjectionOutcome, PanelVote, RecusalReason, ReviewDuty, ReviewSanction


class ReviewStep(Event):
    """A step of a review (评审程序). ``step`` counts its steps from 1 without a gap; ``chain`` seals all before it.

    Whoever has the steps in any order, however often, can put them in order and sees whether one is missing or was
    changed: the digest of step N is ``sha256:`` over the JSON of its type, subject, time and data, keys sorted.
    """

    review: ReviewId
    step: Several
    chain: Digest


class _OfReview(ReviewStep):
    """A step whose subject is the review itself."""

    subject: ReviewId


class ReviewOpened(_OfReview, type="evaluation.review-opened.v1"):
    """A review of all societies was opened (启动评审). Told once; it fixes what the review is of, and its timetable.

    Ratings are those of the end of ``as_of`` by the policy named. Results are due to be published on ``publish_by``;
    objections are taken for ``objection_days`` after the day of publication, and decided within ``answer_days`` after
    that.
    """

    policy: PolicyId
    version: PolicyVersion
    policy_hash: Digest
    as_of: Day
    publish_by: DayAhead
    objection_days: Several
    answer_days: Several


class SnapshotFrozen(_OfReview, type="evaluation.snapshot-frozen.v1"):
    """The ratings under review were frozen (冻结评价数据). Told once; what is recorded later does not move them.

    They are made of what was recorded up to ``known_at``; ``positions`` says how far each log, ``speaker/partition``,
    had been heard. The ``hash`` is that of the ratings alone.
    """

    known_at: Instant
    positions: dict[Annotated[str, Field(pattern=r"^[a-z]+/[0-9]{1,4}$")], Count]
    societies: Count
    hash: Digest


class ResultsPublished(_OfReview, type="evaluation.results-published.v1"):
    """The frozen results were published for objection (公示). Told once; objections are taken through the last day."""

    objections_until: DayAhead


class PanelSeated(_OfReview, type="evaluation.panel-seated.v1"):
    """The evaluation committee was seated (组成评估委员会): 7 to 25 members, by numbers. Told each time it changes."""

    members: Annotated[tuple[PanelMemberId, ...], Field(min_length=1, max_length=100)]


class ObjectionRaised(_OfReview, type="evaluation.objection-raised.v1"):
    """A society objected to published figures (提出异议), its own or another's. Told once per objection.

    It is about one indicator of the society it is ``about``, or its whole rating if ``indicator`` is null. What it says
    stays with evaluation; ``text_hash`` seals it.
    """

    objection: ObjectionId
    objector: SocietyId
    about: SocietyId
    indicator: ItemId | None
    text_hash: Digest


class MemberRecused(_OfReview, type="evaluation.member-recused.v1"):
    """A member of the committee takes no part in an objection (回避). Told once per member and objection."""

    objection: ObjectionId
    member: PanelMemberId
    reason: RecusalReason


class VoteRecorded(_OfReview, type="evaluation.vote-recorded.v1"):
    """A member voted on an objection, on record (记名投票). Told once per member and objection."""

    objection: ObjectionId
    member: PanelMemberId
    vote: PanelVote


class ObjectionDecided(_OfReview, type="evaluation.objection-decided.v1"):
    """The committee decided on an objection (异议裁定). Told once per objection, with the count.

    ``members`` are all of the committee; ``present`` those who voted, abstentions included.
    """

    objection: ObjectionId
    outcome: ObjectionOutcome
    members: Count
    present: Count
    recused: Count
    uphold: Count
    dismiss: Count


class DecisionSent(_OfReview, type="evaluation.decision-sent.v1"):
    """The decision on an objection was sent to the objector (送达异议决定). Told once per objection."""

    objection: ObjectionId


class RatingRevised(ReviewStep, SocietyEvent, type="evaluation.rating-revised.v1"):
    """A rating under review was made anew after an objection was upheld (更正评价结果). Told once per such objection.

    ``admitted`` names the records taken in although they were told after the snapshot was frozen; all else stays as
    frozen. Points before and after, and the ``hash`` of all ratings that results. Where an earlier revision took in the
    same records, because two objections were to one fault, they are named again and points and hash stay.
    """

    subject: SocietyId
    objection: ObjectionId
    admitted: Annotated[tuple[EventId, ...], Field(min_length=1, max_length=100)]
    total_before: Points
    max_before: Points
    total_after: Points
    max_after: Points
    hash: Digest


class ResultsConfirmed(_OfReview, type="evaluation.results-confirmed.v1"):
    """The results were confirmed (确认评审结果): no objection is open, all decisions were sent. Told once."""

    hash: Digest


class TieDecided(_OfReview, type="evaluation.tie-decided.v1"):
    """The committee chose among societies that are equal where a class by quota ends (并列名额裁定).

    Told once for each such place, after the results were confirmed and before classes are assigned, if the policy
    leaves it to the committee. ``chosen`` of the societies ``among`` get the ``category``; ``members`` are all of the
    committee, ``present`` those who voted, ``in_favour`` those who agreed. ``hash`` is that of all ratings then.
    """

    category: ClassId
    chosen: Annotated[tuple[SocietyId, ...], Field(min_length=1, max_length=1000)]
    among: Annotated[tuple[SocietyId, ...], Field(min_length=2, max_length=1000)]
    members: Count
    present: Count
    in_favour: Count
    hash: Digest


class _ClassOfSociety(ReviewStep, SocietyEvent):
    """The class of a society by the ratings under review."""

    subject: SocietyId
    policy: PolicyId
    version: PolicyVersion
    as_of: Day
    category: ClassId
    by_quota: YesNo
    rank: Several
    total: Points
    max: Points


class ClassProposed(_ClassOfSociety, type="evaluation.class-proposed.v1"):
    """The class that a society would get was published with the results (拟定分类). Told once per society and review.

    It is that of the frozen ratings, before objections, and binds nobody: the class that does is assigned later and may
    be another. ``category`` and ``by_quota`` are as of an assigned class.
    """


class ClassAssigned(_ClassOfSociety, type="evaluation.class-assigned.v1"):
    """A society was put into a class, and that binds (分类认定). Told once per society and review.

    The ``category`` is a class of the policy; ``by_quota`` says whether it was won by rank or given by rule. A
    ``grade`` (等级) is there where the policy gave one; the days of its validity (有效期), where the policy has any.
    """

    grade: Grade | None = None
    valid_from: DayAhead | None = None
    valid_until: DayAhead | None = None


class SanctionImposed(ReviewStep, SocietyEvent, type="evaluation.sanction-imposed.v1"):
    """A society was sanctioned for what an upheld objection showed (惩戒). Told once per objection at most."""

    subject: SocietyId
    objection: ObjectionId
    sanction: ReviewSanction
    until: DayAhead | None


class ReviewSealed(_OfReview, type="evaluation.review-sealed.v1"):
    """The file of a review was closed (归档封存). Told once; no step can follow."""


class ProcedureBreached(_OfReview, type="evaluation.procedure-breached.v1"):
    """The association is late with a step of its own (程序逾期). Told once per step, when its day has passed undone."""

    duty: ReviewDuty
    objection: ObjectionId | None
    due_on: Day

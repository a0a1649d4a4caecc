"""How a society conducts itself: audits, disclosure, staff and part-timers, members served, party work, honours."""

from contracts.event import PlainRecord
from contracts.record_vocabulary import (
    AuditOpinion,
    DisclosureKind,
    GovernmentLevel,
    MemberServiceKind,
    PartyContactKind,
    PartyWorkKind,
    PenaltyKind,
)
from contracts.values import Count, Day, Several, Year, YesNo


class FinanceAudited(PlainRecord, type="membership.finance-audited.v1"):
    """A year's accounts of a society were audited (财务审计). Told once per audit."""

    year: Year
    opinion: AuditOpinion
    audited_on: Day


class DisclosurePublished(PlainRecord, type="membership.disclosure-published.v1"):
    """A society published what it has to disclose (信息公开). Told once per publication."""

    content: DisclosureKind
    published_on: Day


class StaffTrained(PlainRecord, type="membership.staff-trained.v1"):
    """Staff of a society's office were trained (工作人员培训): so many in one training. Told once per training."""

    trained: Several
    trained_on: Day


class PartTimersReviewed(PlainRecord, type="membership.part-timers-reviewed.v1"):
    """Part-timers were reviewed (兼职人员考核): ``replaced`` of the ``reviewed`` could not do their duty. Told once.

    ``retired_officials`` (退离休领导干部) serve in the society; ``approved`` of them as the rules ask.
    """

    reviewed: Several
    replaced: Count
    retired_officials: Count
    approved: Count
    reviewed_on: Day


class MemberServiceProvided(PlainRecord, type="membership.member-service-provided.v1"):
    """A society did something for its members (会员服务): ``served`` of them had it. Told once per service."""

    kind: MemberServiceKind
    served: Several
    provided_on: Day


class PartyContactAppointed(PlainRecord, type="membership.party-contact-appointed.v1"):
    """A society was given an instructor or a liaison for party building (选派党建指导员、联络员). Told each time.

    Neither is a party organisation, of whichever form: index systems pay less for them.
    """

    kind: PartyContactKind
    appointed_on: Day


class PartyWorkDone(PlainRecord, type="membership.party-work-done.v1"):
    """A society's party organisation was at work (开展党的工作). Told each time."""

    kind: PartyWorkKind
    done_on: Day


class SupportDeclared(PlainRecord, type="membership.support-declared.v1"):
    """A society declared what its office rests on (支撑单位情况). Told each time; the latest day counts.

    ``independent``: it has neither a supporting unit nor one in charge of it, and keeps its office by itself.
    """

    independent: YesNo
    declared_on: Day


class HonourReceived(PlainRecord, type="membership.honour-received.v1"):
    """A society was honoured by an authority (获得表彰). Told once per honour."""

    level: GovernmentLevel
    received_on: Day


class PenaltyImposed(PlainRecord, type="membership.penalty-imposed.v1"):
    """A government department imposed a penalty on a society (行政处罚). Told once per penalty."""

    kind: PenaltyKind
    imposed_on: Day

"""The register: societies, their members, organs, meetings, branches and rules."""

from contracts.event import BatchId, BranchId, MeetingId, MemberId, SocietyEvent, Withdrawal
from contracts.values import Count, CreditCode, Day, DayAhead, Several, Title, YesNo
from contracts.vocabulary import (
    BranchKind,
    Discipline,
    EndReason,
    MeetingOrgan,
    MemberKind,
    Organ,
    PartyForm,
    Regulation,
)

NOWHERE = "000000"
"""The division of credit codes that were made up for a demonstration: no place has this number (GB/T 2260)."""


def is_made_up(credit_code: str) -> bool:
    """Whether a credit code was made up: whatever is told of its bearer was too, wherever it is told."""
    return credit_code[2:8] == NOWHERE


class SocietyRegistered(SocietyEvent, type="membership.society-registered.v1"):
    """A society came under the association's care (学会登记). Told once, before anything else about that society."""

    credit_code: CreditCode
    name: Title
    discipline: Discipline
    registered_on: Day


class MemberAdmitted(SocietyEvent, type="membership.member-admitted.v1"):
    """A member was admitted to a society (会员入会). Told once per admission; who returns is admitted again."""

    member: MemberId
    kind: MemberKind
    admitted_on: Day


class MemberEnded(SocietyEvent, type="membership.member-ended.v1"):
    """A member's membership ended (会员退会). Told once per admission that was told singly or in a batch."""

    member: MemberId
    kind: MemberKind
    ended_on: Day
    reason: EndReason


class MembersAdmitted(SocietyEvent, type="membership.members-admitted.v1"):
    """Many members of one kind were admitted on one day (批量入会). Told once per batch, not for each."""

    batch: BatchId
    kind: MemberKind
    count: Several
    admitted_on: Day


class MembersEnded(SocietyEvent, type="membership.members-ended.v1"):
    """Many memberships of one kind ended on one day for one reason (批量退会). Told once per batch, not for each."""

    batch: BatchId
    kind: MemberKind
    count: Several
    ended_on: Day
    reason: EndReason


class CouncilElected(SocietyEvent, type="membership.council-elected.v1"):
    """A council, standing council or board of supervisors was elected (换届选举). Told once per organ and election.

    Of the ``seats``, ``front_line`` are held by front-line workers (基层一线科技工作者) and ``young`` by the young and
    middle-aged (中青年); one person may be counted in both.
    """

    organ: Organ
    seats: Several
    front_line: Count
    young: Count
    elected_on: Day
    term_ends_on: DayAhead


class PartyOrganisationEstablished(SocietyEvent, type="membership.party-organisation-established.v1"):
    """A society set up its party organisation, or changed the form of it (建立党组织). Told each time."""

    form: PartyForm
    established_on: Day


class SecretariatRecorded(SocietyEvent, type="membership.secretariat-recorded.v1"):
    """The state of a society's secretariat was put on record (秘书处实体化). Told each time; the latest day counts.

    ``hired_secretary_general``: the secretary-general is hired and full-time; ``own_office``: an office of its own.
    """

    full_time_staff: Count
    hired_secretary_general: YesNo
    own_office: YesNo
    recorded_on: Day


class MeetingHeld(SocietyEvent, type="membership.meeting-held.v1"):
    """An organ of a society met (召开会议): ``present`` of the ``entitled`` were there. Told once, quorate or not."""

    meeting: MeetingId
    organ: MeetingOrgan
    entitled: Several
    present: Count
    held_on: Day


class MeetingWithdrawn(Withdrawal, type="membership.meeting-withdrawn.v1", of=MeetingHeld):
    """The record of a meeting was withdrawn (撤销会议记录). Told once; that meeting was never held."""

    meeting: MeetingId


class RegulationAdopted(SocietyEvent, type="membership.regulation-adopted.v1"):
    """A society adopted or revised one of its rule books (制定规章制度). Told at each adoption."""

    regulation: Regulation
    adopted_on: Day


class BranchFiled(SocietyEvent, type="membership.branch-filed.v1"):
    """A branch of a society was filed with the association (分支机构备案). Told once per branch."""

    branch: BranchId
    kind: BranchKind
    filed_on: Day

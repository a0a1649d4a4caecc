from chassis.language import N_
from contracts.membership import MemberServiceProvided
from contracts.record_vocabulary import MemberServiceKind
from records import Record, RecordType, field
from records.values import Day, Several
from services.rights import DONE_BY_A_SOCIETY


class MemberService(
    Record, path="member-services", label=N_("Service to the members"), event=MemberServiceProvided, day="provided_on"
):
    """What a society did for its members (会员服务)."""

    kind: MemberServiceKind = field(N_("Kind of service"))
    served: Several = field(N_("Persons served"), example=40)
    provided_on: Day = field(N_("Provided on"), example="2025-06-28")


MEMBER_SERVICES = RecordType(MemberService, DONE_BY_A_SOCIETY)

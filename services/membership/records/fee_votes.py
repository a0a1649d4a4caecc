from chassis.language import N_
from contracts.membership import FeeStandardVoted
from records import Record, RecordType, field, part
from records.values import Count, Day, Several, YesNo
from services.rights import DONE_BY_A_SOCIETY


class FeeVote(Record, path="fee-votes", label=N_("Vote on the fees"), event=FeeStandardVoted, day="voted_on"):
    """Votes of the assembly on the members' fees (会费标准表决)."""

    entitled: Several = field(N_("Entitled to vote"), example=120)
    present: Count = field(N_("Present"), example=90)
    in_favour: Count = field(N_("In favour"), example=60)
    secret_ballot: YesNo = field(N_("By secret ballot"), example=True)
    voted_on: Day = field(N_("Voted on"), example="2025-06-28")


FEE_VOTES = RecordType(
    FeeVote, DONE_BY_A_SOCIETY, rules=(part("in_favour", of="present"), part("present", of="entitled"))
)

from chassis.language import N_
from contracts.membership import DelegatesElected
from records import Record, RecordType, field, part
from records.values import Count, Day, Several
from services.rights import DONE_BY_A_SOCIETY


class Delegates(Record, path="delegates", label=N_("Election of delegates"), event=DelegatesElected, day="elected_on"):
    """Delegates to the assembly of a society (会员代表)."""

    delegates: Several = field(N_("Delegates"), example=120)
    front_line: Count = field(N_("From the front line"), example=90)
    elected_on: Day = field(N_("Elected on"), example="2025-06-28")


DELEGATES = RecordType(Delegates, DONE_BY_A_SOCIETY, rules=(part("front_line", of="delegates"),))

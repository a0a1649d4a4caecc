from chassis.language import N_
from contracts.membership import PenaltyImposed
from contracts.record_vocabulary import PenaltyKind
from records import Record, RecordType, field
from records.values import Day
from services.rights import DECIDED_ABOUT_A_SOCIETY


class Penalty(Record, path="penalties", label=N_("Penalty"), event=PenaltyImposed, day="imposed_on"):
    """Penalties that government departments imposed on a society (行政处罚)."""

    kind: PenaltyKind = field(N_("Kind of penalty"))
    imposed_on: Day = field(N_("Imposed on"), example="2025-06-28")


PENALTIES = RecordType(Penalty, DECIDED_ABOUT_A_SOCIETY)

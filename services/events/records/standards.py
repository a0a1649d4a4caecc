from chassis.language import N_
from contracts.events import StandardIssued
from contracts.record_vocabulary import StandardLevel
from records import Record, RecordType, field
from records.values import Day
from services.rights import DONE_BY_A_SOCIETY


class Standard(Record, path="standards", label=N_("Standard"), event=StandardIssued, day="issued_on"):
    """Standards that a society drew up (发布标准)."""

    level: StandardLevel = field(N_("Level of the standard"))
    issued_on: Day = field(N_("Issued on"), example="2025-06-28")


STANDARDS = RecordType(Standard, DONE_BY_A_SOCIETY)

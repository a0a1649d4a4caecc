from chassis.language import N_
from contracts.events import AdviceSubmitted
from contracts.record_vocabulary import GovernmentLevel
from records import Record, RecordType, field
from records.values import Day, YesNo
from services.rights import DONE_BY_A_SOCIETY


class Advice(Record, path="advice", label=N_("Advice to an authority"), event=AdviceSubmitted, day="submitted_on"):
    """Advice that a society gave an authority (决策咨询)."""

    level: GovernmentLevel = field(N_("Level of the authority"))
    adopted: YesNo = field(N_("Adopted"), example=True)
    submitted_on: Day = field(N_("Submitted on"), example="2025-06-28")


ADVICE = RecordType(Advice, DONE_BY_A_SOCIETY)

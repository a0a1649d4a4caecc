from chassis.language import N_
from contracts.events import AwardConferred
from contracts.vocabulary import ActivityLevel
from records import Record, RecordType, field
from records.values import Day
from services.rights import DONE_BY_A_SOCIETY


class Award(Record, path="awards", label=N_("Award"), event=AwardConferred, day="conferred_on"):
    """Awards for work that a society had nominated (科技奖励)."""

    level: ActivityLevel = field(N_("Level of the award"))
    conferred_on: Day = field(N_("Conferred on"), example="2025-06-28")


AWARDS = RecordType(Award, DONE_BY_A_SOCIETY)

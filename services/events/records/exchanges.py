from chassis.language import N_
from contracts.events import ExchangeMade
from contracts.record_vocabulary import ExchangeKind
from records import Record, RecordType, field, part
from records.values import Count, Day, Several
from services.rights import DONE_BY_A_SOCIETY


class Exchange(Record, path="exchanges", label=N_("International exchange"), event=ExchangeMade, day="made_on"):
    """International exchange in which a society took part (国际交流)."""

    kind: ExchangeKind = field(N_("Kind of exchange"))
    participants: Several = field(N_("Participants"), example=5)
    young: Count = field(N_("Young"), example=2)
    made_on: Day = field(N_("Made on"), example="2025-06-28")


EXCHANGES = RecordType(Exchange, DONE_BY_A_SOCIETY, rules=(part("young", of="participants"),))

from chassis.language import N_
from contracts.membership import HonourReceived
from contracts.record_vocabulary import GovernmentLevel
from records import Record, RecordType, field
from records.values import Day
from services.rights import DECIDED_ABOUT_A_SOCIETY


class Honour(Record, path="honours", label=N_("Honour"), event=HonourReceived, day="received_on"):
    """Honours that authorities gave a society (获得表彰)."""

    level: GovernmentLevel = field(N_("Level of the authority"))
    received_on: Day = field(N_("Received on"), example="2025-06-28")


HONOURS = RecordType(Honour, DECIDED_ABOUT_A_SOCIETY)

from chassis.language import N_
from contracts.events import BaseEstablished
from contracts.record_vocabulary import BaseKind
from records import Record, RecordType, field
from records.values import Day
from services.rights import DONE_BY_A_SOCIETY


class Base(Record, path="bases", label=N_("Base"), event=BaseEstablished, day="established_on"):
    """Bases, stations and platforms that a society set up (建立基地)."""

    kind: BaseKind = field(N_("Kind of base"))
    established_on: Day = field(N_("Set up on"), example="2025-06-28")


BASES = RecordType(Base, DONE_BY_A_SOCIETY)

from chassis.language import N_
from contracts.membership import PartyWorkDone
from contracts.record_vocabulary import PartyWorkKind
from records import Record, RecordType, field
from records.values import Day
from services.rights import DONE_BY_A_SOCIETY


class PartyWork(Record, path="party-works", label=N_("Party work"), event=PartyWorkDone, day="done_on"):
    """What a society's party organisation did (党的工作)."""

    kind: PartyWorkKind = field(N_("Kind of party work"))
    done_on: Day = field(N_("Done on"), example="2025-06-28")


PARTY_WORKS = RecordType(PartyWork, DONE_BY_A_SOCIETY)

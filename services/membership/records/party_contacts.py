from chassis.language import N_
from contracts.membership import PartyContactAppointed
from contracts.record_vocabulary import PartyContactKind
from records import Record, RecordType, field
from records.values import Day
from services.rights import DONE_BY_A_SOCIETY


class PartyContact(
    Record,
    path="party-contacts",
    label=N_("Contact for party building"),
    event=PartyContactAppointed,
    day="appointed_on",
):
    """Instructors and liaisons for party building (党建指导员、联络员)."""

    kind: PartyContactKind = field(N_("Kind of contact"))
    appointed_on: Day = field(N_("Appointed on"), example="2025-06-28")


PARTY_CONTACTS = RecordType(PartyContact, DONE_BY_A_SOCIETY)

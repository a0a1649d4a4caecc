from chassis.language import N_
from contracts.membership import DisclosurePublished
from contracts.record_vocabulary import DisclosureKind
from records import Record, RecordType, field
from records.values import Day
from services.rights import DONE_BY_A_SOCIETY


class Disclosure(Record, path="disclosures", label=N_("Disclosure"), event=DisclosurePublished, day="published_on"):
    """What a society published because it has to (信息公开)."""

    content: DisclosureKind = field(N_("What was disclosed"))
    published_on: Day = field(N_("Disclosed on"), example="2025-06-28")


DISCLOSURES = RecordType(Disclosure, DONE_BY_A_SOCIETY)

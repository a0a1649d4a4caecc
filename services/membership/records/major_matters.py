from chassis.language import N_
from contracts.membership import MajorMatterDecided
from contracts.record_vocabulary import MatterKind
from records import Record, RecordType, field
from records.values import Day
from services.rights import DONE_BY_A_SOCIETY


class MajorMatter(Record, path="major-matters", label=N_("Major matter"), event=MajorMatterDecided, day="decided_on"):
    """Major matters, projects and sums that were decided together (重大事项集体决策)."""

    matter: MatterKind = field(N_("Matter decided"))
    decided_on: Day = field(N_("Decided together on"), example="2025-06-28")


MAJOR_MATTERS = RecordType(MajorMatter, DONE_BY_A_SOCIETY)

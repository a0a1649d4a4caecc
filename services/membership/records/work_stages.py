from chassis.language import N_
from contracts.membership import WorkStageReported
from contracts.record_vocabulary import WorkStage
from records import Record, RecordType, field, year_not_ahead
from records.values import Day, Year
from services.rights import DONE_BY_A_SOCIETY


class WorkStageReport(
    Record, path="work-stages", label=N_("Stage of the year's work"), event=WorkStageReported, day="reported_on"
):
    """Plans, mid-year checks and summaries of a year's work (工作推进)."""

    year: Year = field(N_("Year"), example=2025)
    stage: WorkStage = field(N_("Stage"))
    reported_on: Day = field(N_("Filed on"), example="2025-06-28")


WORK_STAGES = RecordType(WorkStageReport, DONE_BY_A_SOCIETY, rules=(year_not_ahead,))

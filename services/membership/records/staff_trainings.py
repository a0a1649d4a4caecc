from chassis.language import N_
from contracts.membership import StaffTrained
from records import Record, RecordType, field
from records.values import Day, Several
from services.rights import DONE_BY_A_SOCIETY


class StaffTraining(
    Record, path="staff-trainings", label=N_("Training of staff"), event=StaffTrained, day="trained_on"
):
    """Trainings of a society's staff (工作人员培训)."""

    trained: Several = field(N_("Staff that were trained"), example=3)
    trained_on: Day = field(N_("Trained on"), example="2025-06-28")


STAFF_TRAININGS = RecordType(StaffTraining, DONE_BY_A_SOCIETY)

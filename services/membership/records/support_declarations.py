from chassis.language import N_
from contracts.membership import SupportDeclared
from records import Record, RecordType, field
from records.values import Day, YesNo
from services.rights import DONE_BY_A_SOCIETY


class SupportDeclaration(
    Record,
    path="support-declarations",
    label=N_("Declaration of what the office rests on"),
    event=SupportDeclared,
    day="declared_on",
):
    """What a society's office rests on (支撑单位情况)."""

    independent: YesNo = field(N_("Without a supporting unit"), example=True)
    declared_on: Day = field(N_("Declared on"), example="2025-06-28")


SUPPORT_DECLARATIONS = RecordType(SupportDeclaration, DONE_BY_A_SOCIETY)

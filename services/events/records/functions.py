from chassis.language import N_
from contracts.events import FunctionUndertaken
from contracts.record_vocabulary import PublicFunction
from records import Record, RecordType, field
from records.values import Day
from services.rights import DONE_BY_A_SOCIETY


class UndertakenFunction(
    Record, path="functions", label=N_("Function of government"), event=FunctionUndertaken, day="undertaken_on"
):
    """Functions of government that a society took over (承接政府转移职能)."""

    function: PublicFunction = field(N_("Function taken over"))
    undertaken_on: Day = field(N_("Taken over on"), example="2025-06-28")


FUNCTIONS = RecordType(UndertakenFunction, DONE_BY_A_SOCIETY)

from chassis.language import N_
from contracts.events import TechnicalServiceProvided
from contracts.record_vocabulary import TechnicalService
from records import Record, RecordType, field
from records.values import Day, Several
from services.rights import DONE_BY_A_SOCIETY


class TechnicalHelp(
    Record, path="technical-services", label=N_("Technical service"), event=TechnicalServiceProvided, day="provided_on"
):
    """Help for enterprises, inventors and poor districts (技术服务)."""

    kind: TechnicalService = field(N_("Kind of technical service"))
    served: Several = field(N_("Persons served"), example=200)
    provided_on: Day = field(N_("Provided on"), example="2025-06-28")


TECHNICAL_SERVICES = RecordType(TechnicalHelp, DONE_BY_A_SOCIETY)

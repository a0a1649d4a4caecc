from chassis.language import N_
from contracts.events import TalentRecommended
from contracts.record_vocabulary import TalentProgramme
from records import Record, RecordType, field, part
from records.values import Count, Day, Several
from services.rights import DONE_BY_A_SOCIETY


class Talents(
    Record, path="talents", label=N_("Recommendation of talents"), event=TalentRecommended, day="recommended_on"
):
    """Talents that a society put forward (举荐人才)."""

    programme: TalentProgramme = field(N_("Programme"))
    recommended: Several = field(N_("Recommended"), example=3)
    young: Count = field(N_("Young"), example=2)
    recommended_on: Day = field(N_("Put forward on"), example="2025-06-28")


TALENTS = RecordType(Talents, DONE_BY_A_SOCIETY, rules=(part("young", of="recommended"),))

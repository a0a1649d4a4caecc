from chassis.language import N_
from contracts.event import JournalId
from contracts.events import JournalMeasured
from records import Record, RecordType, field, part, year_not_ahead
from records.values import EXAMPLE_ID, Count, Day, ImpactFactor, Several, Share, Year, YesNo
from services.events.store.journals import require_journal
from services.rights import DONE_BY_A_SOCIETY


class JournalFigures(
    Record, path="journal-figures", label=N_("Figures of a journal"), event=JournalMeasured, day="measured_on"
):
    """Figures of a journal for a year (期刊计量)."""

    journal: JournalId = field(N_("Journal"), example=EXAMPLE_ID)
    year: Year = field(N_("Year"), example=2024)
    impact_factor: ImpactFactor = field(N_("Impact factor"), example="1.2345")
    others_rate: Share = field(N_("Part of the citations from elsewhere"), example="0.85")
    download_increase: Count = field(N_("More downloads than the year before"), example=1500)
    issues_due: Several = field(N_("Issues due"), example=6)
    issues_online: Count = field(N_("Issues online"), example=6)
    back_years: Count = field(N_("Years of back files online"), example=12)
    in_time: YesNo = field(N_("Published in time"), example=True)
    own_site: YesNo = field(N_("Has a site of its own"), example=True)
    free_abstracts: YesNo = field(N_("Abstracts are free"), example=True)
    free_full_text: YesNo = field(N_("Full texts are free"), example=True)
    foreign_editors: Count = field(N_("Foreign editors"), example=2)
    measured_on: Day = field(N_("Measured on"), example="2025-06-28")


JOURNAL_FIGURES = RecordType(
    JournalFigures,
    DONE_BY_A_SOCIETY,
    rules=(year_not_ahead, part("issues_online", of="issues_due")),
    refers={"journal": require_journal},
)

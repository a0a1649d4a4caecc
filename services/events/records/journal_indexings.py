from chassis.language import N_
from contracts.event import JournalId
from contracts.events import JournalIndexed
from contracts.record_vocabulary import JournalIndex
from records import Record, RecordType, field
from records.values import EXAMPLE_ID, Day
from services.events.store.journals import require_journal
from services.rights import DONE_BY_A_SOCIETY


class JournalIndexing(
    Record, path="journal-indexings", label=N_("Indexing of a journal"), event=JournalIndexed, day="indexed_on"
):
    """Indexes that took up a journal (期刊收录)."""

    journal: JournalId = field(N_("Journal"), example=EXAMPLE_ID)
    index: JournalIndex = field(N_("Index that took it up"))
    indexed_on: Day = field(N_("Taken up on"), example="2025-06-28")


JOURNAL_INDEXINGS = RecordType(JournalIndexing, DONE_BY_A_SOCIETY, refers={"journal": require_journal})

"""Registering journals and their issues, looking them up."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from chassis.access import CallerDep, require
from chassis.days import Day
from chassis.paging import Page, Paging
from chassis.web import Looking, Writing, router
from contracts.event import JournalId, SocietyId
from services.events.api.values import EXAMPLE_ID, Form, Name, Reason, Told
from services.events.domain import journals as domain
from services.events.domain.journals import Issue, Journal
from services.events.store import journals as store
from services.events.store import societies
from services.rights import EVENTS

routes = router("journals")

Year = Annotated[int, Field(ge=1800, le=9999, strict=True, examples=[2025])]
Number = Annotated[int, Field(ge=1, le=1000, strict=True, examples=[3])]


class JournalForm(Form):
    """A journal to put on record; both numbers are checked, and belong to one journal only."""

    society: SocietyId = Field(examples=["A-18"])
    title: Name = Field(examples=["动物学报"])
    issn: str = Field(max_length=40, examples=["2095-882X"])
    cn: str = Field(max_length=40, examples=["CN 42-1234/Q"])
    registered_on: Day = Field(examples=["2025-06-28"])
    certified_reason: Reason | None = Field(
        default=None,
        description="Why the ISSN holds although its check character is wrong: the association alone states this",
        examples=[None],
    )


class JournalTold(Told):
    """The journal is on record."""

    journal: JournalId = Field(examples=[EXAMPLE_ID])


class IssueForm(Form):
    """An issue that came out: its number within the year on the cover."""

    year: Year
    number: Number
    published_on: Day = Field(examples=["2025-06-15"])


class JournalView(BaseModel):
    """A journal (期刊) and the society that publishes it."""

    journal: JournalId = Field(examples=[EXAMPLE_ID])
    society: SocietyId = Field(examples=["A-18"])
    title: str = Field(examples=["动物学报"])
    issn: str = Field(examples=["2095-882X"])
    cn: str = Field(examples=["CN 42-1234/Q"])
    registered_on: date


class IssueView(BaseModel):
    """An issue of a journal."""

    model_config = ConfigDict(from_attributes=True)

    year: int = Field(examples=[2025])
    number: int = Field(examples=[3])
    published_on: date


@routes.post("/journals", status_code=201, dependencies=[EVENTS["journals"].may_record])
async def register_journal(form: JournalForm, caller: CallerDep, work: Writing) -> JournalTold:
    """Put a journal on record (期刊登记). By the association or the society that publishes it."""
    require(caller, *(("association",) if form.certified_reason else ("association", f"society:{form.society}")))
    journal = domain.journal(work.new_id(), **dict(form))
    known = await societies.known(work.conn, [journal.society])
    alike = await store.alike(work.conn, journal)
    event = work.say(domain.register(journal, known=known, alike=alike, today=work.today()))
    await store.add(work.conn, journal)
    return JournalTold(journal=journal.id, event=event)


@routes.post("/journals/{journal}/issues", status_code=201, dependencies=[EVENTS["journal-issues"].may_record])
async def publish_issue(journal: JournalId, form: IssueForm, caller: CallerDep, work: Writing) -> Told:
    """Record that an issue came out (期刊出版). By the association or the society that publishes the journal."""
    known = await store.hold(work.conn, journal)
    require(caller, "association", f"society:{known.society}")
    issue = Issue(known.id, form.year, form.number, form.published_on)
    on_record = await store.on_record(work.conn, issue)
    of = await societies.known(work.conn, [known.society])
    event = work.say(domain.publish(known, issue, known=of, on_record=on_record, today=work.today()))
    await store.add_issue(work.conn, issue, event)
    return Told(event=event)


@routes.get("/journals", dependencies=[EVENTS["journals"].may_read])
async def list_journals(look: Looking, paging: Paging, society: SocietyId | None = None) -> Page[JournalView]:
    """The journals, of all societies or of one, in the order in which they were put on record."""
    found = await store.page(look, society=society, after=paging.text, limit=paging.limit + 1)
    return paging.page([_view(journal) for journal in found], key=lambda one: (one.journal,))


@routes.get("/journals/{journal}", dependencies=[EVENTS["journals"].may_read])
async def read_journal(journal: JournalId, look: Looking) -> JournalView:
    """One journal."""
    return _view(await store.load(look, journal))


@routes.get("/journals/{journal}/issues", dependencies=[EVENTS["journal-issues"].may_read])
async def list_issues(journal: JournalId, look: Looking, paging: Paging) -> Page[IssueView]:
    """The issues of a journal, by year and number."""
    await store.load(look, journal)
    after = paging.key(int, int)
    found = await store.issues_of(look, journal, after=after, limit=paging.limit + 1)
    return paging.page([IssueView.model_validate(issue) for issue in found], key=lambda one: (one.year, one.number))


def _view(journal: Journal) -> JournalView:
    return JournalView(
        journal=journal.id,
        society=journal.society,
        title=journal.title,
        issn=journal.issn,
        cn=journal.cn,
        registered_on=journal.registered_on,
    )

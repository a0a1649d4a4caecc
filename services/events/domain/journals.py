"""Journals (期刊) of the societies and their issues."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from chassis.days import check_day
from contracts.calendar import midnight
from contracts.events import IssuePublished, JournalRegistered
from services.events import identifiers
from services.events.domain.activities import Registered
from services.events.domain.refusals import CnTaken, IssnTaken, IssueOnRecord, IssueYearAhead, UnknownSociety


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal and the society that publishes it; both numbers in their one spelling.

    `certified_reason`: why its ISSN holds although the check character is wrong; it stays in the service.
    """

    id: str
    society: str
    title: str
    issn: str
    cn: str
    registered_on: date
    certified_reason: str | None = None

    @property
    def cn_number(self) -> str:
        """The unique part of the CN number."""
        return identifiers.cn_number(self.cn)


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue: `number` counts within the `year` on the cover; `event` told that it came out."""

    journal: str
    year: int
    number: int
    published_on: date
    event: str | None = None


def journal(
    id_: str,
    *,
    society: str,
    title: str,
    issn: str,
    cn: str,
    registered_on: date,
    certified_reason: str | None = None,
) -> Journal:
    """A journal whose numbers were checked and are spelt in the one way.

    Raises:
        IssnMisspelt, IssnNotGiven, IssnCheckWrong, CnMisspelt, CnDivisionUnknown, CnNotOfAJournal: see `identifiers`.
    """
    given = identifiers.issn(issn, certified=certified_reason is not None)
    return Journal(id_, society, title, given, identifiers.journal_cn(cn), registered_on, certified_reason)


def register(journal: Journal, *, known: Registered, alike: Collection[Journal], today: date) -> JournalRegistered:
    """What is told when a journal is put on record. `alike` are the journals that have its ISSN or its CN number.

    Raises:
        UnknownSociety: its society is not in `known`.
        InTheFuture, BeforeRegistration: the day is after today, or before its society was registered.
        IssnTaken, CnTaken: another journal has the number.
    """
    if journal.society not in known:
        raise UnknownSociety(field="society", value=journal.society)
    check_day("registered_on", journal.registered_on, registered_on=known[journal.society], today=today)
    for other in alike:
        if other.issn == journal.issn:
            raise IssnTaken(field="issn", value=journal.issn, clashes_with=other.id)
    for other in alike:
        if other.cn_number == journal.cn_number:
            raise CnTaken(field="cn", value=journal.cn, clashes_with=other.id)
    return JournalRegistered(
        subject=journal.society,
        happened_at=midnight(journal.registered_on),
        journal=journal.id,
        issn=journal.issn,
        cn=journal.cn,
        title=journal.title,
        registered_on=journal.registered_on,
    )


def publish(
    journal: Journal, issue: Issue, *, known: Registered, on_record: Issue | None, today: date
) -> IssuePublished:
    """What is told when an issue came out. `on_record`: the issue of this year and number that is known already.

    Raises:
        InTheFuture, BeforeRegistration: the day is after today, or before its society was registered.
        IssueYearAhead: the year on the cover is more than one ahead of the day.
        IssueOnRecord: it came out before.
    """
    check_day("published_on", issue.published_on, registered_on=known.get(journal.society), today=today)
    if issue.year > issue.published_on.year + 1:
        raise IssueYearAhead(field="year", value=issue.year, published=issue.published_on.year)
    if on_record is not None:
        raise IssueOnRecord(field="number", value=issue.number, year=issue.year, clashes_with=on_record.event)
    return IssuePublished(
        subject=journal.society,
        happened_at=midnight(issue.published_on),
        journal=journal.id,
        year=issue.year,
        number=issue.number,
        published_on=issue.published_on,
    )

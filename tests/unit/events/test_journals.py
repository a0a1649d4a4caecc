from dataclasses import replace
from datetime import date, timedelta

import pytest

from chassis.days import BeforeRegistration, InTheFuture
from chassis.ids import new_id
from contracts.calendar import midnight
from services.events import identifiers
from services.events.domain import journals
from services.events.domain.journals import Issue, Journal
from services.events.domain.refusals import (
    CnTaken,
    IssnTaken,
    IssueOnRecord,
    IssueYearAhead,
    UnknownSociety,
)

TODAY = date(2025, 6, 30)
TOMORROW = TODAY + timedelta(days=1)
KNOWN = {"A-18": date(1991, 6, 30)}


def a_journal(issn: str = "0317-8471", cn: str = "CN 42-1234/Q", registered_on: date = TODAY) -> Journal:
    return journals.journal(new_id(), society="A-18", title="动物学报", issn=issn, cn=cn, registered_on=registered_on)


def an_issue(journal: Journal, year: int = 2025, published_on: date = TODAY) -> Issue:
    return Issue(journal.id, year, 3, published_on)


def test_a_journal_is_told_with_its_numbers_in_the_one_spelling() -> None:
    journal = a_journal(issn="issn 2434561x", cn="cn42-1234/q")
    news = journals.register(journal, known=KNOWN, alike=[], today=TODAY)
    assert (news.subject, news.issn, news.cn, news.title) == ("A-18", "2434-561X", "CN 42-1234/Q", "动物学报")
    assert news.happened_at == midnight(TODAY)


def test_wrong_numbers_make_no_journal() -> None:
    with pytest.raises(identifiers.IssnCheckWrong):
        a_journal(issn="0317-8472")
    with pytest.raises(identifiers.CnNotOfAJournal):
        a_journal(cn="CN 42-0999")


def test_a_journal_of_an_unknown_society_is_refused() -> None:
    with pytest.raises(UnknownSociety):
        journals.register(a_journal(), known=dict.fromkeys({"A-19"}), alike=[], today=TODAY)


def test_a_journal_cannot_be_registered_tomorrow() -> None:
    with pytest.raises(InTheFuture):
        journals.register(a_journal(registered_on=TOMORROW), known=KNOWN, alike=[], today=TODAY)


def test_an_issn_names_one_journal() -> None:
    with pytest.raises(IssnTaken):
        journals.register(a_journal(), known=KNOWN, alike=[a_journal(cn="CN 42-1235")], today=TODAY)


@pytest.mark.parametrize("cn", ["CN 42-1234/Q", "CN 42-1234", "CN 42-1234/N"])
def test_a_cn_number_names_one_journal_whatever_its_class(cn: str) -> None:
    with pytest.raises(CnTaken):
        journals.register(a_journal(), known=KNOWN, alike=[a_journal(issn="0378-5955", cn=cn)], today=TODAY)


@pytest.mark.parametrize("published_on", [TODAY, date(1991, 6, 30)])
def test_an_issue_is_told_on_the_day_it_came_out(published_on: date) -> None:
    journal = a_journal()
    issue = an_issue(journal, year=published_on.year, published_on=published_on)
    news = journals.publish(journal, issue, known=KNOWN, on_record=None, today=TODAY)
    assert (news.subject, news.journal, news.year, news.number) == ("A-18", journal.id, published_on.year, 3)
    assert news.happened_at == midnight(published_on)


def test_an_issue_cannot_have_come_out_tomorrow() -> None:
    journal = a_journal()
    with pytest.raises(InTheFuture):
        journals.publish(journal, an_issue(journal, published_on=TOMORROW), known=KNOWN, on_record=None, today=TODAY)


def test_neither_a_journal_nor_an_issue_is_older_than_its_society() -> None:
    journal, before = a_journal(), KNOWN["A-18"] - timedelta(days=1)
    with pytest.raises(BeforeRegistration):
        journals.register(replace(journal, registered_on=before), known=KNOWN, alike=[], today=TODAY)
    issue = an_issue(journal, year=1991, published_on=before)
    with pytest.raises(BeforeRegistration):
        journals.publish(journal, issue, known=KNOWN, on_record=None, today=TODAY)


def test_an_issue_comes_out_once() -> None:
    journal = a_journal()
    with pytest.raises(IssueOnRecord) as refused:
        journals.publish(journal, an_issue(journal), known=KNOWN, on_record=an_issue(journal), today=TODAY)
    assert "3 of 2025" in str(refused.value)


def test_the_year_on_the_cover_is_at_most_one_ahead() -> None:
    journal = a_journal()
    assert journals.publish(journal, an_issue(journal, year=2026), known=KNOWN, on_record=None, today=TODAY)
    assert journals.publish(journal, replace(an_issue(journal), year=2019), known=KNOWN, on_record=None, today=TODAY)
    with pytest.raises(IssueYearAhead):
        journals.publish(journal, an_issue(journal, year=2027), known=KNOWN, on_record=None, today=TODAY)

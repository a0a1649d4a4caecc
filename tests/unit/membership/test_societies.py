from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.days import InTheFuture
from chassis.refusals import Refusal, SeveralFaults
from contracts.calendar import midnight
from contracts.vocabulary import Discipline
from services.membership.domain.societies import CodeTaken, CreditCodeTaken, DisciplineMismatch, Society, register
from services.membership.identifiers import CreditCodeCheckWrong

TODAY = date(2025, 6, 30)
ZOOLOGY = Society("A-18", "中国动物学会", "51420000500000023Y", Discipline.SCIENCE, date(1991, 6, 30))


def registering(others: list[Society] | None = None, **changed: Any) -> Any:
    form = {
        "code": ZOOLOGY.code,
        "name": ZOOLOGY.name,
        "credit_code": ZOOLOGY.credit_code,
        "discipline": ZOOLOGY.discipline,
        "registered_on": ZOOLOGY.registered_on,
    }
    return register(**(form | changed), others=others or [], today=TODAY)


def test_a_registered_society_is_told_with_the_day_it_was_registered() -> None:
    society, news = registering()

    assert society == ZOOLOGY
    assert (news.subject, news.happened_at) == ("A-18", midnight(ZOOLOGY.registered_on))
    assert (news.name, news.credit_code, news.discipline) == (society.name, society.credit_code, society.discipline)


def test_blanks_around_a_name_are_dropped() -> None:
    society, news = registering(name="中国动物学会 \u3000")

    assert society.name == news.name == "中国动物学会"


def test_two_societies_may_bear_one_name() -> None:
    society, _ = registering(code="A-46G", credit_code="514200005000000154")

    assert society.name == ZOOLOGY.name


@pytest.mark.parametrize(("letter", "discipline"), list(zip("ABCDE", Discipline, strict=True)))
def test_the_first_letter_of_a_code_says_the_discipline(letter: str, discipline: Discipline) -> None:
    society, _ = registering(code=f"{letter}-01", discipline=discipline)
    assert society.discipline == discipline

    for other in set(Discipline) - {discipline}:
        with pytest.raises(DisciplineMismatch):
            registering(code=f"{letter}-01", discipline=other)


def test_today_is_the_last_day_on_which_a_society_can_have_been_registered() -> None:
    registering(registered_on=TODAY)
    with pytest.raises(InTheFuture):
        registering(registered_on=TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("other", "refusal"),
    [(replace(ZOOLOGY, credit_code="x"), CodeTaken), (replace(ZOOLOGY, code="A-19"), CreditCodeTaken)],
)
def test_a_code_and_a_credit_code_are_given_once(other: Society, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        registering([other])

    assert refused.value.status == 409


def test_everything_that_is_wrong_with_a_registration_is_named_at_once() -> None:
    with pytest.raises(SeveralFaults) as refused:
        registering(discipline=Discipline.MEDICINE, registered_on=date(2030, 1, 1), credit_code="51420000500000023X")

    assert [type(fault) for fault in refused.value.errors] == [DisciplineMismatch, InTheFuture, CreditCodeCheckWrong]

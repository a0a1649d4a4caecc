"""Leaders: elected once, in office until they leave or were never elected, told of once."""

from dataclasses import replace
from datetime import date

import pytest

from chassis.days import BeforeRegistration, InTheFuture
from chassis.ids import new_id
from chassis.refusals import Refusal
from contracts.vocabulary import Discipline, LeaderLimit, LeaderPost
from services.membership.domain.leaders import (
    Leader,
    LeaderRecorded,
    LeftBeforeElection,
    NotElected,
    NotOfAge,
    elect,
    exempt,
    leave,
    notices,
)
from services.membership.domain.societies import Society

TODAY = date(2025, 6, 30)
SOCIETY = Society("A-18", "中国动物学会", "51420000500000023Y", Discipline.SCIENCE, date(1991, 6, 30))
HEAD = Leader(new_id(), "A-18", LeaderPost.HEAD, date(1955, 9, 17), date(2021, 5, 28))
GONE = replace(HEAD, withdrawn_on=TODAY)


def test_an_election_is_told_without_the_day_of_birth() -> None:
    news = elect(SOCIETY, HEAD, 2, recorded=None, today=TODAY)

    assert (news.leader, news.post, news.term_number, news.elected_on) == (HEAD.id, "head", 2, HEAD.elected_on)
    assert "1955" not in news.model_dump_json()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"elected_on": date(2025, 7, 1)}, InTheFuture),
        ({"elected_on": date(1991, 6, 29)}, BeforeRegistration),
        ({"born_on": date(2003, 5, 29)}, NotOfAge),
    ],
)
def test_who_cannot_have_been_elected_is_refused(changes: dict[str, date], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        elect(SOCIETY, replace(HEAD, **changes), 1, recorded=None, today=TODAY)


def test_an_election_that_is_recorded_is_named() -> None:
    with pytest.raises(LeaderRecorded) as refused:
        elect(SOCIETY, HEAD, 1, recorded=(known := new_id()), today=TODAY)

    assert (refused.value.status, refused.value.clashes_with) == (409, known)


def test_a_leader_leaves_on_the_day_of_the_election_at_the_earliest() -> None:
    assert leave(SOCIETY, HEAD, HEAD.elected_on, today=TODAY).left_on == HEAD.elected_on
    with pytest.raises(LeftBeforeElection):
        leave(SOCIETY, HEAD, date(2021, 5, 27), today=TODAY)


def test_who_was_never_elected_neither_leaves_nor_is_exempted() -> None:
    with pytest.raises(NotElected) as refused:
        leave(SOCIETY, GONE, TODAY, today=TODAY)
    with pytest.raises(NotElected):
        exempt(SOCIETY, GONE, LeaderLimit.AGE, TODAY, today=TODAY)

    assert (refused.value.status, refused.value.value) == (409, HEAD.id)


@pytest.mark.parametrize(
    ("leader", "day", "told"),
    [
        (HEAD, date(2025, 4, 3), 0),
        (HEAD, date(2025, 4, 4), 1),
        (HEAD, date(2025, 10, 1), 2),
        (replace(HEAD, warned=True), date(2025, 10, 1), 1),
        (replace(HEAD, warned=True, reached=True), date(2025, 10, 1), 0),
        (replace(HEAD, left_on=date(2025, 4, 3)), date(2025, 10, 1), 0),
        (replace(HEAD, left_on=date(2025, 6, 1)), date(2025, 10, 1), 1),
        (GONE, date(2025, 10, 1), 0),
    ],
)
def test_of_the_limit_of_age_is_told_what_is_due_while_in_office(leader: Leader, day: date, told: int) -> None:
    assert len(list(notices(leader, day))) == told

from datetime import date, timedelta

import pytest

from chassis.days import BeforeRegistration, InTheFuture
from contracts.calendar import midnight
from contracts.federation import FederationFounded, SocietyAdmitted
from contracts.vocabulary import FederationField, ReleaseReason
from services.federation.domain import federations
from services.federation.domain.federations import Federation
from services.federation.domain.refusals import (
    AdmittedBeforeRelease,
    AlreadyAMember,
    BeforeFounding,
    FederationIdReserved,
    FederationIdTaken,
    NotAMember,
    ReleasedBeforeAdmission,
    SocietyNamedTwice,
    TooFewFounders,
    UnknownSociety,
)

FOUNDED = date(2015, 10, 15)
TODAY = date(2025, 6, 30)
DAY = timedelta(days=1)
KNOWN = dict.fromkeys({"A-18", "A-19", "A-20", "D-08"}, date(1991, 6, 30))


def a_federation(id_: str = "life-sciences", founded_on: date = FOUNDED) -> Federation:
    return Federation(id_, "生命科学学会联合体", FederationField.LIFE_SCIENCES, founded_on)


def a_founded_federation() -> Federation:
    founded, _ = federations.found(a_federation(), ["A-18", "A-19"], taken=False, known=KNOWN, today=TODAY)
    return founded


def admitted(federation: Federation, society: str, day: date) -> Federation:
    grown, _ = federations.admit(federation, society, admitted_on=day, known=KNOWN, today=TODAY)
    return grown


def released(federation: Federation, society: str, day: date) -> Federation:
    shrunk, _ = federations.release(federation, society, released_on=day, reason=ReleaseReason.RESIGNED, today=TODAY)
    return shrunk


def test_a_founding_is_told_of_the_federation_and_of_each_founder() -> None:
    founded, news = federations.found(a_federation(), ["A-18", "D-08"], taken=False, known=KNOWN, today=TODAY)
    assert [event.subject for event in news] == ["life-sciences", "A-18", "D-08"]
    assert isinstance(news[0], FederationFounded)
    assert all(isinstance(event, SocietyAdmitted) and event.founder for event in news[1:])
    assert {event.happened_at for event in news} == {midnight(FOUNDED)}
    assert founded.members_on(FOUNDED) == {"A-18", "D-08"}
    assert founded.members_on(FOUNDED - DAY) == frozenset()


@pytest.mark.parametrize("founders", [[], ["A-18"]])
def test_fewer_than_two_societies_found_nothing(founders: list[str]) -> None:
    with pytest.raises(TooFewFounders) as refused:
        federations.found(a_federation(), founders, taken=False, known=KNOWN, today=TODAY)
    assert refused.value.values["count"] == len(founders)


def test_one_society_named_twice_is_not_two_founders() -> None:
    with pytest.raises(SocietyNamedTwice) as refused:
        federations.found(a_federation(), ["A-18", "A-18"], taken=False, known=KNOWN, today=TODAY)
    assert refused.value.value == ["A-18"]


def test_every_unknown_founder_is_named() -> None:
    with pytest.raises(UnknownSociety) as refused:
        federations.found(a_federation(), ["A-01", "A-18", "A-02"], taken=False, known=KNOWN, today=TODAY)
    assert refused.value.value == ["A-01", "A-02"]


def test_a_federation_is_founded_today_or_before() -> None:
    assert federations.found(a_federation(founded_on=TODAY), ["A-18", "A-19"], taken=False, known=KNOWN, today=TODAY)
    with pytest.raises(InTheFuture):
        federations.found(a_federation(founded_on=TODAY + DAY), ["A-18", "A-19"], taken=False, known=KNOWN, today=TODAY)


def test_no_federation_is_called_by_a_word_of_the_platform() -> None:
    with pytest.raises(FederationIdReserved):
        federations.found(a_federation("calendar"), ["A-18", "A-19"], taken=False, known=KNOWN, today=TODAY)


def test_an_id_is_given_once() -> None:
    with pytest.raises(FederationIdTaken) as refused:
        federations.found(a_federation(), ["A-18", "A-19"], taken=True, known=KNOWN, today=TODAY)
    assert refused.value.status == 409


@pytest.mark.parametrize("day", [FOUNDED, TODAY])
def test_a_society_joins_on_any_day_since_the_founding(day: date) -> None:
    grown, news = federations.admit(a_founded_federation(), "A-20", admitted_on=day, known=KNOWN, today=TODAY)
    assert (news.subject, news.federation, news.founder, news.admitted_on) == ("A-20", "life-sciences", False, day)
    assert "A-20" in grown.members_on(day)
    assert "A-20" not in grown.members_on(day - DAY)


def test_a_society_joins_neither_before_the_founding_nor_tomorrow() -> None:
    with pytest.raises(BeforeFounding):
        admitted(a_founded_federation(), "A-20", FOUNDED - DAY)
    with pytest.raises(InTheFuture):
        admitted(a_founded_federation(), "A-20", TODAY + DAY)


def test_no_society_founds_or_joins_before_it_was_registered() -> None:
    late = {"A-18": None, "A-19": FOUNDED + DAY, "A-20": FOUNDED + DAY}
    with pytest.raises(BeforeRegistration):
        federations.found(a_federation(), ["A-18", "A-19"], taken=False, known=late, today=TODAY)
    with pytest.raises(BeforeRegistration):
        federations.admit(a_founded_federation(), "A-20", admitted_on=FOUNDED, known=late, today=TODAY)


def test_an_unknown_society_does_not_join() -> None:
    with pytest.raises(UnknownSociety):
        admitted(a_founded_federation(), "B-01", TODAY)


def test_a_member_does_not_join_again() -> None:
    with pytest.raises(AlreadyAMember) as refused:
        admitted(a_founded_federation(), "A-18", TODAY)
    assert refused.value.status == 409


def test_a_society_that_left_joins_again_from_the_day_it_left() -> None:
    left = date(2020, 1, 1)
    back = admitted(released(a_founded_federation(), "A-18", left), "A-18", left)
    assert "A-18" in back.members_on(left)
    assert [
        (past.founder, past.admitted_on, past.released_on) for past in back.memberships if past.society == "A-18"
    ] == [
        (True, FOUNDED, left),
        (False, left, None),
    ]
    with pytest.raises(AdmittedBeforeRelease):
        admitted(released(a_founded_federation(), "A-18", left), "A-18", left - DAY)


@pytest.mark.parametrize("day", [FOUNDED, date(2020, 1, 1), TODAY])
def test_a_society_is_a_member_until_the_day_it_leaves(day: date) -> None:
    shrunk, news = federations.release(
        a_founded_federation(), "A-18", released_on=day, reason=ReleaseReason.REMOVED, today=TODAY
    )
    assert (news.subject, news.released_on, news.reason) == ("A-18", day, ReleaseReason.REMOVED)
    assert "A-18" not in shrunk.members_on(day)
    assert ("A-18" in shrunk.members_on(day - DAY)) is (day > FOUNDED)
    assert "A-19" in shrunk.members_on(day)


def test_a_society_leaves_neither_before_it_joined_nor_tomorrow() -> None:
    with pytest.raises(ReleasedBeforeAdmission):
        released(a_founded_federation(), "A-18", FOUNDED - DAY)
    with pytest.raises(InTheFuture):
        released(a_founded_federation(), "A-18", TODAY + DAY)


def test_only_a_member_leaves_and_only_once() -> None:
    with pytest.raises(NotAMember) as refused:
        released(a_founded_federation(), "A-20", TODAY)
    assert refused.value.status == 404
    with pytest.raises(NotAMember):
        released(released(a_founded_federation(), "A-18", TODAY), "A-18", TODAY)

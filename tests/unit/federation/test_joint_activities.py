from datetime import date, timedelta

import pytest

from chassis.days import InTheFuture
from chassis.ids import new_id
from contracts.calendar import midnight
from contracts.vocabulary import ActivityKind, ActivityLevel, FederationField
from services.federation.domain import joint_activities
from services.federation.domain.federations import Federation, Membership
from services.federation.domain.joint_activities import JointActivity
from services.federation.domain.refusals import (
    LeadAmongPartners,
    NoPartner,
    NotMembersThen,
    SocietyNamedTwice,
    UnknownSociety,
)

TODAY = date(2025, 6, 30)
DAY = timedelta(days=1)
JOINED = date(2020, 1, 1)
LEFT = date(2024, 1, 1)
KNOWN = dict.fromkeys({"A-18", "A-19", "A-20", "A-21"}, date(1991, 6, 30))
FEDERATION = Federation(
    "life-sciences",
    "生命科学学会联合体",
    FederationField.LIFE_SCIENCES,
    JOINED,
    (
        Membership("A-18", founder=True, admitted_on=JOINED),
        Membership("A-19", founder=True, admitted_on=JOINED),
        Membership("A-20", founder=False, admitted_on=JOINED, released_on=LEFT),
    ),
)


def an_activity(*partners: str, lead: str = "A-18", held_on: date = TODAY) -> JointActivity:
    return JointActivity(
        id=new_id(),
        federation="life-sciences",
        title="中国生命科学十大进展",
        kind=ActivityKind.FORUM,
        level=ActivityLevel.NATIONAL,
        lead=lead,
        partners=partners,
        attendance=300,
        held_on=held_on,
    )


def told(activity: JointActivity) -> list[tuple[str, str]]:
    news = joint_activities.hold(activity, FEDERATION, known=KNOWN, today=TODAY)
    return [(event.subject, event.role) for event in news]


def test_a_joint_activity_is_told_once_to_each_society_with_its_role() -> None:
    activity = an_activity("A-19", "A-20", held_on=JOINED)
    news = joint_activities.hold(activity, FEDERATION, known=KNOWN, today=TODAY)
    assert [(event.subject, event.role) for event in news] == [
        ("A-18", "lead"),
        ("A-19", "partner"),
        ("A-20", "partner"),
    ]
    assert {(event.activity, event.partners, event.attendance) for event in news} == {(activity.id, 2, 300)}
    assert {event.happened_at for event in news} == {midnight(JOINED)}


def test_a_joint_activity_has_a_partner() -> None:
    assert len(told(an_activity("A-19"))) == 2
    with pytest.raises(NoPartner):
        told(an_activity())


def test_a_partner_is_named_once_and_is_not_the_lead() -> None:
    with pytest.raises(SocietyNamedTwice) as refused:
        told(an_activity("A-19", "A-19"))
    assert refused.value.value == ["A-19"]
    with pytest.raises(LeadAmongPartners):
        told(an_activity("A-19", "A-18"))


def test_every_unknown_society_is_named() -> None:
    with pytest.raises(UnknownSociety) as refused:
        told(an_activity("A-19", "B-01", "B-02"))
    assert (refused.value.field, refused.value.value) == ("partners", ["B-01", "B-02"])
    with pytest.raises(UnknownSociety) as refused:
        told(an_activity("A-19", lead="B-03"))
    assert (refused.value.field, refused.value.value) == ("lead", ["B-03"])


def test_every_society_that_is_no_member_is_named() -> None:
    with pytest.raises(NotMembersThen) as refused:
        told(an_activity("A-19", "A-20", "A-21"))
    assert (refused.value.field, refused.value.value) == ("partners", ["A-20", "A-21"])
    with pytest.raises(NotMembersThen) as refused:
        told(an_activity("A-19", lead="A-21"))
    assert refused.value.field == "lead"


def test_membership_counts_on_the_day_of_the_activity_not_today() -> None:
    assert told(an_activity("A-20", held_on=LEFT - DAY))
    with pytest.raises(NotMembersThen):
        told(an_activity("A-20", held_on=LEFT))
    assert told(an_activity("A-20", held_on=JOINED))
    with pytest.raises(NotMembersThen):
        told(an_activity("A-20", held_on=JOINED - DAY))


def test_a_joint_activity_cannot_have_been_held_tomorrow() -> None:
    with pytest.raises(InTheFuture):
        told(an_activity("A-19", held_on=TODAY + DAY))

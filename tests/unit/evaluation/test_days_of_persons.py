"""Which clocks count from days by which a person's own day could be known, told by the events themselves."""

from contracts.catalogue import CATALOGUE
from tests.unit.evaluation.shipped import shipped


def test_the_limit_of_age_is_the_one_clock_that_counts_from_a_persons_day() -> None:
    assert {clock.id for clock in shipped("hubei-2017").clocks if clock.of_persons} == {"leader-age"}


def test_the_days_that_are_a_persons_own_are_fields_of_their_events() -> None:
    assert [event.type for event in CATALOGUE.values() if not event.personal_days <= event.model_fields.keys()] == []
    assert {event.type for event in CATALOGUE.values() if event.personal_days} == {
        "membership.leader-limit-approaching.v1",
        "membership.leader-limit-reached.v1",
    }

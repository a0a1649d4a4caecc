import pytest

from chassis.outage import Outage


def test_a_database_that_owes_somebody_an_answer_for_too_long_is_silent() -> None:
    outage, use = Outage(), object()
    outage.reached(use)
    assert not outage.silent(60.0)
    assert outage.silent(-1.0)

    outage.ended(use)
    assert not outage.silent(-1.0)


def test_of_the_requests_that_an_outage_refuses_the_first_is_an_error_until_the_database_was_reached(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outage = Outage()
    for _ in range(3):
        outage.unreached()
        outage.refused("store-unavailable", ConnectionError())
        outage.refused("store-full", ConnectionError())
    assert outage.away
    assert len(caplog.records) == 2

    outage.reached(object())
    assert not outage.away
    outage.refused("store-full", ConnectionError())
    assert len(caplog.records) == 2, "a full volume can be read"
    outage.committed()
    for slug in ("store-unavailable", "store-full"):
        outage.refused(slug, ConnectionError())
    assert len(caplog.records) == 4

"""The quick answer, by the parts of a class, is the answer of the class."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis import data_check
from contracts.catalogue import CATALOGUE
from contracts.evaluation import DayTurned
from services.evaluation.domain import Fact
from tests.contract.wire_values import data_of, subjects_of

TIME = "2025-06-30T16:00:00.000000Z"
MISSING = object()
ODD = [
    MISSING,
    None,
    "",
    " ",
    "x",
    "1",
    "2025-02-30",
    "20250101",
    -1,
    0,
    1.5,
    10**30,
    True,
    [],
    [1],
    {},
    {"x": 1},
    "A\n",
]


@settings(max_examples=1, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_is_not_refused_is_what_the_class_takes(draws: st.DataObject) -> None:
    refused = 0
    for event in CATALOGUE.values():
        sound, subject = draws.draw(data_of(event)), draws.draw(subjects_of(event))
        if event is not DayTurned:
            assert told(event.type, subject, sound) == [], event
        for field in sound:
            for odd in ODD:
                data = {name: value for name, value in (sound | {field: odd}).items() if value is not MISSING}
                found = bool(told(event.type, subject, data))
                assert found == (not takes(event, subject, data)), (event, field, odd)
                refused += found
        for odd in ("", "X-01", f"{subject}\n"):
            assert told(event.type, odd, sound) != [], (event, odd)
    assert refused > len(CATALOGUE)


def test_a_type_that_nobody_declares_refuses_nothing() -> None:
    assert told("membership.moon-landed.v1", "nobody", {"x": None}, time="2025") == []


def told(type_: str, subject: str, data: dict[str, Any], time: str = TIME) -> list[Any]:
    return data_check.refused([Fact(id="", type=type_, subject=subject, time=time, day=0, recorded=TIME, data=data)])


def takes(event: Any, subject: str, data: dict[str, Any]) -> bool:
    try:
        event.model_validate({**data, "subject": subject, "happened_at": TIME})
    except ValueError:
        return False
    return True

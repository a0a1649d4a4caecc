"""Days and instants as a request may name them."""

import pytest
from pydantic import TypeAdapter, ValidationError

from chassis.days import Moment


@pytest.mark.parametrize("text", ["0.5", "1735660800", "-1", "2025-06-30", "2025-06-30T12:00:00", "now", "²"])
def test_what_is_not_written_as_an_instant_with_its_zone_is_none(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Moment).validate_python(text)


@pytest.mark.parametrize("text", ["2025-06-30T12:00:00+08:00", "2025-06-30T04:00:00.000000Z"])
def test_an_instant_names_its_zone(text: str) -> None:
    assert TypeAdapter(Moment).validate_python(text).tzinfo is not None

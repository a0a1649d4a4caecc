"""A record and its event say the same, or there is no such record."""

from typing import Any

import pytest
from excursions import Excursion, ExcursionMade

from chassis.language import N_, translate
from records import Record, field, types_in, values
from records.record import example_of, label_of
from services.events import records as undertaken
from services.membership import records as governed

TYPES = (*types_in(governed), *types_in(undertaken))


def defined(day: str = "made_on", **fields: Any) -> type[Record]:
    """An excursion whose fields are as said; None takes one away."""
    asked = {name: one.annotation for name, one in Excursion.model_fields.items() if name != "title"} | fields
    labelled = {name: field(N_("Kind")) for name, one in asked.items() if one is not None and name != "unlabelled"}
    body = {"__annotations__": {name: one for name, one in asked.items() if one is not None}, **labelled}
    made: type[Record] = type(Record)(
        "Other", (Record,), body, path="others", label=N_("Kind"), event=ExcursionMade, day=day
    )
    return made


def test_a_record_asks_for_what_its_event_says() -> None:
    assert defined().model_fields.keys() == Excursion.model_fields.keys()


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"walkers": None}, "walkers is said by the event and not asked for"),
        ({"weather": str}, "weather is asked for and not said by the event"),
        ({"walkers": str}, "walkers is <class 'str'> here and <class 'int'> in the event"),
        ({"day": "walkers"}, "walkers is no field with a day"),
    ],
)
def test_a_record_that_says_something_else_than_its_event_cannot_be_defined(
    changes: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(TypeError, match=complaint):
        defined(**changes)


def test_a_field_without_a_label_cannot_be_defined() -> None:
    with pytest.raises(TypeError, match="walkers has no label"):

        class Unlabelled(Excursion, path="others", label=N_("Kind"), event=ExcursionMade, day="made_on"):
            walkers: values.Several


@pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type_.path)
def test_every_record_has_an_example_that_is_without_fault_and_labels_in_chinese(type_: Any) -> None:
    example = type_.record.model_validate(example_of(type_.record))

    assert [fault for rule in type_.rules for fault in rule(example, None)] == []
    labels = [type_.record.label, *(label_of(type_.record, name) for name in type_.record.model_fields)]
    assert [label for label in labels if translate(label, "zh") == label] == []


def test_no_two_records_have_one_address_or_one_event() -> None:
    assert len({type_.path for type_ in TYPES}) == len({type_.record.event for type_ in TYPES}) == len(TYPES) == 27

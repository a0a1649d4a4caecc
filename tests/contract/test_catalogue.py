import importlib
import inspect
import json
import re
from collections.abc import Collection
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from contracts import record_vocabulary, vocabulary
from contracts.calendar import day_of
from contracts.catalogue import CATALOGUE, SPEAKERS
from contracts.evaluation import ClassAssigned, DayTurned, RatingChanged
from contracts.event import Correction, Event, PlainRecord, SocietyEvent, Withdrawal
from contracts.events import ActivityHeld, JournalRegistered
from contracts.federation import FederationFounded
from contracts.membership import MemberAdmitted, SocietyRegistered
from contracts.vocabulary import MemberKind

from .wire_values import data_of, moments, subjects_of

EVERY_EVENT = pytest.mark.parametrize("event", CATALOGUE.values(), ids=CATALOGUE.keys())
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PERSONAL = {
    "person",
    "people",
    "phone",
    "mobile",
    "telephone",
    "email",
    "mail",
    "address",
    "gender",
    "sex",
    "birth",
} | {
    *("born", "birthday", "surname", "passport", "identity", "orcid", "chair", "president", "author", "speaker", "age"),
}
NAMES_OF_ORGANISATIONS = {(SocietyRegistered, "name"), (FederationFounded, "name"), (JournalRegistered, "title")}

AN_ID = "01980000-0000-7000-8000-000000000001"
A_MEMBER = {"member": AN_ID, "kind": "individual", "admitted_on": "2025-03-01"}
AN_ENVELOPE = {"subject": "A-18", "happened_at": "2025-03-01T00:00:00+08:00"}
A_RATING = {
    "policy": "hubei-2017",
    "version": "1",
    "total": "71.50",
    "max": "100",
    "completeness": "0.9",
    "grade": "3A",
    "previous_total": None,
    "as_of": "2025-03-01",
}


def test_every_event_of_every_speaker_is_in_the_catalogue_and_nothing_else() -> None:
    modules = [importlib.import_module(f"contracts.{speaker}") for speaker in SPEAKERS]
    spoken = [
        thing
        for module in modules
        for _, thing in inspect.getmembers(module, inspect.isclass)
        if issubclass(thing, Event) and f"{thing.__module__}.".startswith(f"{module.__name__}.")
    ]

    assert {event.type: event for event in spoken} == CATALOGUE


TYPE = re.compile(r"(?P<name>(?P<speaker>[a-z]+)\.[a-z]+(-[a-z]+)*)\.v(?P<version>[1-9][0-9]*)")


def faults_of_name(event: type[Event], types: Collection[str]) -> list[str]:
    """What is wrong with the type of an event among the others: it is a contract, whatever the class is called."""
    written = TYPE.fullmatch(event.type)
    if written is None:
        return [f"{event.type} is not speaker.what-happened.vN"]
    before = f"{written['name']}.v{int(written['version']) - 1}"
    faults = [] if written["speaker"] == event.speaker else [f"{event.type} is not of {event.speaker}"]
    if int(written["version"]) > 1 and before not in types:
        faults.append(f"{event.type} follows {before}, which logs still hold")
    return faults


@EVERY_EVENT
def test_an_event_is_declared_by_its_speaker_under_a_name_of_the_form(event: type[Event]) -> None:
    assert f"{event.__module__}.".startswith(f"contracts.{event.speaker}.")
    assert faults_of_name(event, CATALOGUE) == []


def test_the_next_version_of_an_event_is_a_type_beside_the_first_whatever_its_class_is_called() -> None:
    bases, body = (SocietyEvent,), {"__module__": __name__}
    first = type("MeetingOfOld", bases, body, type="clock.meeting-held.v1")
    second = type("MeetingHeld", bases, body, type="clock.meeting-held.v2")

    assert [faults_of_name(one, {first.type, second.type}) for one in (first, second)] == [[], []]
    assert faults_of_name(second, {second.type}) == [f"{second.type} follows {first.type}, which logs still hold"]


@EVERY_EVENT
def test_an_event_says_what_it_means_and_its_chinese_term(event: type[Event]) -> None:
    meaning = event.__dict__["__doc__"]

    assert CHINESE.search(meaning), f"{event.type} has no Chinese term"
    assert "Told " in meaning, f"{event.type} does not say when it is told"


def test_every_word_list_says_its_chinese_terms() -> None:
    words = {**vars(vocabulary), **vars(record_vocabulary)}
    lists = [each for each in words.values() if inspect.isclass(each) and issubclass(each, StrEnum)]

    assert [each.__name__ for each in lists[1:] if not CHINESE.search(each.__doc__ or "")] == []


@EVERY_EVENT
def test_no_field_smells_of_personal_data(event: type[Event]) -> None:
    suspects = {name for name in event.model_fields if PERSONAL & set(name.split("_"))}
    names = {name for name in event.model_fields if {"name", "title"} & set(name.split("_"))}

    assert suspects == set()
    assert {(event, name) for name in names} <= NAMES_OF_ORGANISATIONS


def test_free_text_where_personal_data_could_hide_is_only_in_names_of_organisations_and_grades() -> None:
    def is_free(part: dict[str, Any]) -> bool:
        return any(map(is_free, part.get("anyOf", []))) or (
            part.get("type") == "string" and not {"pattern", "format", "const", "enum"} & part.keys()
        )

    free = {
        (event, name)
        for event in CATALOGUE.values()
        for name, part in event.data_schema()["properties"].items()
        if is_free(part)
    }

    assert free == NAMES_OF_ORGANISATIONS | {(RatingChanged, "grade"), (ClassAssigned, "grade")}


@EVERY_EVENT
@given(draw=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_the_schema_allows_is_read_and_said_again_unchanged(event: type[Event], draw: st.DataObject) -> None:
    data, subject, at = draw.draw(data_of(event)), draw.draw(subjects_of(event)), draw.draw(moments)
    if event is DayTurned:
        data = {"day": day_of(at).isoformat()}

    heard = event.model_validate({**data, "subject": subject, "happened_at": at})
    said = json.loads(json.dumps(heard.data()))

    Draft202012Validator(event.data_schema()).validate(said)
    assert said == data
    assert event.model_validate({**said, "subject": subject, "happened_at": at}) == heard


def test_a_field_more_is_no_error() -> None:
    heard = MemberAdmitted.model_validate(A_MEMBER | AN_ENVELOPE | {"of_a_later_version": 1})

    assert heard.data() == A_MEMBER


def test_an_event_cannot_be_changed() -> None:
    heard = MemberAdmitted.model_validate(A_MEMBER | AN_ENVELOPE)

    with pytest.raises(ValidationError, match="frozen"):
        heard.kind = MemberKind.UNIT


def test_what_the_envelope_carries_is_not_in_the_data() -> None:
    turned = DayTurned.model_validate({"day": "2025-03-01", "happened_at": "2025-03-01T00:00:00+08:00"})

    assert turned.subject == "calendar"
    assert turned.data() == {"day": "2025-03-01"}


def test_points_keep_the_digits_they_were_given() -> None:
    assert RatingChanged.model_validate(A_RATING | AN_ENVELOPE).data() == A_RATING


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "A-１８"),
        ("subject", "A-18\n"),
        ("subject", "F-01"),
        ("subject", "calendar"),
        ("happened_at", "2025-03-01T00:00:00"),
        ("member", "01980000-0000-4000-8000-000000000001"),
        ("member", AN_ID.upper().replace("0", "A")),
        ("kind", "honorary"),
        ("admitted_on", 20250301),
        ("admitted_on", "1740758400"),
        ("admitted_on", "2025-03-01T00:00:00"),
        ("admitted_on", "2025-02-29"),
    ],
)
def test_an_ill_formed_admission_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        MemberAdmitted.model_validate(A_MEMBER | AN_ENVELOPE | {field: value})

    assert [error["loc"] for error in refused.value.errors()] == [(field,)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total", 71.5),
        ("total", "NaN"),
        ("total", "Infinity"),
        ("total", True),
        ("total", "0.1234567890123"),
        ("completeness", "1.01"),
        ("completeness", "-0.1"),
        ("grade", ""),
        ("policy", "Hubei 2017"),
    ],
)
def test_an_ill_formed_rating_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        RatingChanged.model_validate(A_RATING | AN_ENVELOPE | {field: value})

    assert {error["loc"] for error in refused.value.errors()} == {(field,)}


@pytest.mark.parametrize("count", [-1, True, "3", 2.5])
def test_a_count_is_a_whole_number_not_below_zero(count: object) -> None:
    held = {
        "activity": AN_ID,
        "kind": "forum",
        "level": "regional",
        "role": "host",
        "papers": 0,
        "held_on": "2025-03-01",
    }

    with pytest.raises(ValidationError, match="attendance"):
        ActivityHeld.model_validate(held | AN_ENVELOPE | {"attendance": count})


@pytest.mark.parametrize(
    "name", ["ticked.v1", "clock.ticked", "clock.Ticked.v1", "clock.it_ticked.v1", "clock.ticked.v1\n"]
)
def test_an_ill_formed_type_is_refused(name: str) -> None:
    with pytest.raises(TypeError, match="not a type of event"):
        type("Ticked", (Event,), {}, type=name)


def test_a_type_belongs_to_one_class() -> None:
    with pytest.raises(TypeError, match=r"membership\.member-admitted\.v1 is already"):

        class Impostor(SocietyEvent, type="membership.member-admitted.v1"):
            """A second class of a name."""

    assert CATALOGUE["membership.member-admitted.v1"] is MemberAdmitted


@pytest.mark.parametrize("word", ["id", "type", "time", "sequence", "previousid", "speaker", "of"])
def test_a_word_of_the_envelope_cannot_be_data(word: str) -> None:
    with pytest.raises(TypeError, match="words of the envelope"):
        type("Ticked", (Event,), {"__annotations__": {word: str}, "__module__": __name__}, type="clock.ticked.v1")


def test_a_correction_must_say_all_that_the_record_said() -> None:
    with pytest.raises(TypeError, match=r"leaves unsaid of ActivityHeld: .*attendance"):

        class HalfCorrected(Correction, type="clock.half-corrected.v1", of=ActivityHeld):
            """Says only what changed."""

            papers: int


def test_a_withdrawal_must_say_what_it_withdraws() -> None:
    with pytest.raises(TypeError, match="does not say which event"):

        class Withdrawn(Withdrawal, type="clock.withdrawn.v1"):
            """Withdraws nothing in particular."""


@pytest.mark.parametrize("event", [each for each in CATALOGUE.values() if issubclass(each, Withdrawal | Correction)])
def test_an_amendment_names_an_event_of_its_own_speaker(event: type[Withdrawal | Correction]) -> None:
    amended = [one for one in CATALOGUE.values() if issubclass(one, event.of)]

    assert event.speaker in {one.speaker for one in amended}
    assert event.of is PlainRecord or CATALOGUE[event.of.type] is event.of

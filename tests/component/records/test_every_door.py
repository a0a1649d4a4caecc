"""Every record that is defined once, at every door, from its definition and nothing else."""

from typing import Any

import httpx2
import pytest

Form = dict[str, Any]


def refusal(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("urn:societas:problem:")


@pytest.mark.parametrize("service", ["excursions", "membership", "events"])
async def test_a_record_is_recorded_listed_read_corrected_and_withdrawn_by_its_definition(place: Any) -> None:
    for type_ in place.types:
        await walk(place, type_, f"/societies/A-18/{type_.path}")


async def walk(place: Any, type_: Any, path: str) -> None:
    ask, form, day = place.association, place.form(type_), type_.record.day
    first = await ask.post(path, json=form)
    assert first.status_code == 201, first.text
    id_, event = first.json()["record"], first.json()["event"]
    said = (await place.said())[-1]
    told = {name: value for name, value in form.items() if name != "title"} | {"record": id_}
    assert (said["id"], said["type"], said["subject"]) == (event, type_.record.event.type, "A-18")
    assert said["data"] == told
    again = await ask.post(path, json=form)
    assert (refusal(again), again.json()["clashes_with"]) == ((409, "recorded-already"), id_)

    renamed, moved = form | {"title": "第二次"}, form | {"title": "第二次", day: "2025-06-27"}
    correction = f"{path}/{id_}/correction"
    assert refusal(await ask.post(correction, json=form)) == (409, "nothing-to-correct")
    before = await place.said()
    assert (await ask.post(correction, json=renamed)).json() == {"record": id_, "event": event}
    assert await place.said() == before
    corrected = (await ask.post(f"{path}/{event}/correction", json=moved)).json()
    taken_back, told_again = (await place.said())[-2:]
    assert taken_back["data"] == {"withdraws": event, "record": id_}
    assert (told_again["id"], told_again["data"]) == (corrected["event"], told | {day: "2025-06-27"})

    (listed,) = (await ask.get(path)).json()["items"]
    assert (listed["title"], listed["day"], listed["details"]) == ("第二次", "2025-06-27", told_again["data"])
    read = [(await ask.get(f"{path}/{named}")).json() for named in (id_, event, corrected["event"])]
    assert read[0] == read[1] == read[2]
    assert [(one["number"], one["title"], one["day"], one["event"]) for one in read[0]["history"]] == [
        (1, form["title"], form[day], event),
        (2, "第二次", form[day], event),
        (3, "第二次", "2025-06-27", corrected["event"]),
    ]

    gone = await ask.post(f"{path}/{event}/withdrawal", json={"reason": "重复登记"})
    assert gone.json()["record"] == id_, gone.text
    assert (await place.said())[-1]["data"] == {"withdraws": corrected["event"], "record": id_}
    for door, body in ((correction, form), (f"{path}/{id_}/withdrawal", {"reason": "重复登记"})):
        assert refusal(await ask.post(door, json=body)) == (409, "withdrawn-already")
    withdrawal = (await ask.get(f"{path}/{id_}")).json()["withdrawal"]
    by_whom = {"withdrawn_by": "association", "event": gone.json()["event"]}
    assert withdrawal == {"withdrawn_on": "2025-06-30", "reason": "重复登记"} | by_whom

    rows = [moved, form, form | {"title": "第三次"}]
    batch = await ask.post(f"{path}/batch", json={"records": rows})
    assert batch.status_code == 201, batch.text
    assert [one["id"] for one in (await place.said())[-3:]] == [one["event"] for one in batch.json()["recorded"]]
    assert refusal(await ask.post(f"{path}/{id_}/correction", json=form)) == (409, "withdrawn-already")


async def test_a_batch_is_recorded_whole_or_not_at_all_and_every_bad_row_is_named_with_its_label(place: Any) -> None:
    (type_,), path = place.types, "/societies/A-18/excursions"
    there = (await place.society.post(path, json=place.form(type_, title="已有"))).json()["record"]
    before = await place.said()
    rows = [
        place.form(type_),
        place.form(type_, ground="sea", walkers="12"),
        place.form(type_, members=13, made_on="2025-07-01"),
        place.form(type_, title="已 有"),
        place.form(type_) | {"title": " 2025 年第一次"},
        place.form(type_, more=1),
        "no record",
    ]

    answer = await place.society.post(f"{path}/batch", json={"records": rows})

    assert refusal(answer) == (422, "several-faults")
    found = answer.json()["errors"]
    assert [(one["field"], one.get("label")) for one in found] == [
        ("records.1.ground", "Kind"),
        ("records.1.walkers", "Participants"),
        ("records.2.made_on", "Held on"),
        ("records.2.members", "Members"),
        ("records.3.title", "Title"),
        ("records.4.title", "Title"),
        ("records.5.more", None),
        ("records.6", None),
    ]
    assert found[4]["clashes_with"] == there
    assert await place.said() == before


async def test_what_a_field_refers_to_has_to_be_there(place: Any, client_for: Any) -> None:
    (type_,) = place.types

    answer = await client_for(place.app, "society:A-19").post(
        "/societies/A-19/excursions", json=place.form(type_, ground="wetland")
    )

    assert refusal(answer) == (404, "unknown-ground")


async def test_a_correction_does_not_take_the_place_of_another_record(place: Any) -> None:
    (type_,), path = place.types, "/societies/A-18/excursions"
    made = [(await place.society.post(path, json=place.form(type_, title=title))).json() for title in "一二"]

    answer = await place.society.post(f"{path}/{made[1]['record']}/correction", json=place.form(type_, title="一"))

    assert (refusal(answer), answer.json()["clashes_with"]) == ((409, "recorded-already"), made[0]["record"])


async def test_what_the_association_put_right_a_society_does_not_change_back(place: Any) -> None:
    (type_,), path = place.types, "/societies/A-18/excursions"
    made = (await place.society.post(path, json=place.form(type_))).json()["record"]
    right = place.form(type_, walkers=20)
    assert (await place.association.post(f"{path}/{made}/correction", json=right)).status_code == 200

    answers = [
        await place.society.post(f"{path}/{made}/correction", json=place.form(type_)),
        await place.society.post(f"{path}/{made}/withdrawal", json={"reason": "错"}),
    ]

    assert [refusal(answer) for answer in answers] == [(403, "not-the-recorder")] * 2
    history = (await place.society.get(f"{path}/{made}")).json()["history"]
    assert [(one["recorded_by"], one["recorded_at"]) for one in history] == [
        ("society:A-18", "2025-06-30T04:00:00Z"),
        ("association", "2025-06-30T04:00:00Z"),
    ]


async def test_a_correction_sent_twice_with_one_key_is_made_once(place: Any) -> None:
    (type_,), path = place.types, "/societies/A-18/excursions"
    made = (await place.society.post(path, json=place.form(type_))).json()["record"]
    right, key = place.form(type_, walkers=20), {"Idempotency-Key": "k"}

    first, second = [await place.society.post(f"{path}/{made}/correction", json=right, headers=key) for _ in range(2)]

    assert first.json() == second.json()
    assert len(await place.said()) == 3

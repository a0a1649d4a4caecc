from typing import Any

from societas.logs import behind, shown


def standing(position: int, waiting: int = 0, **heard: int) -> dict[str, Any]:
    places = {f"{name}/0": place for name, place in heard.items()}
    return {"heads": [{"partition": 0, "position": position, "event": "x"}], "waiting": waiting, "heard": places}


def test_nobody_is_behind_when_all_places_are_heads() -> None:
    assert (
        behind(
            {
                "membership": standing(5),
                "events": standing(2, membership=5),
                "evaluation": standing(0, membership=5, events=2),
            }
        )
        == []
    )


def test_evaluation_is_behind_even_before_it_has_heard_anything() -> None:
    assert behind({"membership": standing(5), "evaluation": standing(0)}) == ["evaluation ← membership/0: 5"]


def test_an_event_without_a_position_is_waited_for() -> None:
    assert behind({"membership": standing(5, waiting=2)}) == ["membership: 2"]


def test_a_service_is_not_behind_a_log_it_does_not_hear() -> None:
    assert behind({"membership": standing(0), "events": standing(7), "federation": standing(1, membership=0)}) == []


def test_an_event_is_shown_in_one_line() -> None:
    event = '{"time":"2025-03-01T16:00:00.000000Z","type":"t.v1","subject":"A-18","data":{"count":3}}'

    assert shown(event) == '2025-03-02  t.v1  A-18  {"count":3}'

from datetime import date

import pytest

from societas.demo.request import Ref, Request, UnresolvedReferenceError, references, resolve, resolve_path

KNOWN = {"activity:A-18": "0197", "members:A-18": ["m0", "m1", "m2", "m3"]}


def test_a_path_names_what_an_answer_has_told() -> None:
    assert resolve_path(f"/activities/{Ref('activity:A-18')}/held", KNOWN) == "/activities/0197/held"
    assert resolve_path(f"/members/{Ref('members:A-18', 2)}/end", KNOWN) == "/members/m2/end"


def test_a_body_takes_a_run_of_ids() -> None:
    body = {"members": Ref("members:A-18", 1, 3), "ended_on": date(2025, 3, 1), "organisers": [{"society": "A-18"}]}

    assert resolve(body, KNOWN) == {
        "members": ["m1", "m2"],
        "ended_on": "2025-03-01",
        "organisers": [{"society": "A-18"}],
    }


def test_what_is_not_known_is_named() -> None:
    with pytest.raises(UnresolvedReferenceError, match="journal:B-01"):
        resolve_path(f"/journals/{Ref('journal:B-01')}/issues", KNOWN)


def test_a_request_tells_what_it_needs() -> None:
    request = Request("POST", f"/x/{Ref('a')}", {"members": Ref("b", 0, 3), "more": [{"deep": Ref("c")}]}, "A-18")

    assert references(request) == ["a", "b", "c"]

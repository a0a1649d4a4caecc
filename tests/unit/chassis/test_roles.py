import pytest
from pydantic import TypeAdapter

from chassis.access import may
from chassis.roles import ROLES, role_asked_by, role_of
from contracts.event import FederationId, PanelMemberId, ReviewId, SocietyId


def test_each_role_is_known_by_its_example_and_no_two_are_alike() -> None:
    assert [role_of(role.example) for role in ROLES] == list(ROLES)
    assert len({role.name for role in ROLES}) == len({role.label for role in ROLES}) == len(ROLES)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "Association",
            "association ",
            "association\n",
            "assocation",
            "admin",
            "society",
            "society:",
            "society:*",
        ),
        *("society:A-1", "society:A-18\n", "society:Ａ-18", "federation:E", "service:", "service:*", "panel:p-3"),
        *("panel:review-2025:3", "evaluator:p-3"),
    ],
)
def test_what_only_looks_like_a_role_is_none(text: str) -> None:
    assert role_of(text) is None


@pytest.mark.parametrize(
    ("id_", "text", "role"),
    [(SocietyId, "E-09W", "society"), (FederationId, "big-health", "federation"), (FederationId, "a1", "partner")],
)
def test_what_names_something_is_a_role_with_that_name(id_: object, text: str, role: str) -> None:
    assert TypeAdapter(id_).validate_python(text) == text
    assert (found := role_of(f"{role}:{text}")) is not None
    assert found.name == role


def test_a_seat_is_a_review_and_the_number_of_a_member_and_is_never_minted() -> None:
    seat = role_of("panel:review-2025:p-3")

    assert TypeAdapter(ReviewId).validate_python("review-2025")
    assert TypeAdapter(PanelMemberId).validate_python("p-3")
    assert seat is not None
    assert not seat.minted


@pytest.mark.parametrize(
    "pattern", ["association", "society:{society}", "society:*", "service:*", "panel:{review}:{member}", "society:A-18"]
)
def test_a_route_asks_for_a_role_that_there_is(pattern: str) -> None:
    assert role_asked_by(pattern).name == pattern.partition(":")[0]
    may(pattern)


@pytest.mark.parametrize(
    "pattern", ["assocation", "society", "societies:{society}", "association:*", "*", "society:**"]
)
def test_a_route_that_asks_for_a_misspelt_role_does_not_come_to_be(pattern: str) -> None:
    with pytest.raises(ValueError, match="asks for no role"):
        may("association", pattern)

import pytest

from chassis.echo import echo


@pytest.mark.parametrize(
    "field",
    ["password", "client_secret", "clientSecret", "access_token", "api_key", "apikey", "X-Api-Key", "private_key"],
)
def test_a_secret_is_never_shown_again(field: str) -> None:
    assert echo(field, "hunter2") is None
    assert echo(f"body.{field}", "hunter2") is None


@pytest.mark.parametrize("field", ["hired_secretary_general", "secretariat", "tokenless", "privately_held", "keynote"])
def test_a_word_that_only_begins_like_a_secret_is_shown(field: str) -> None:
    assert echo(field, "maybe") == "maybe"


def test_a_long_text_is_cut_and_a_list_is_shown_item_by_item() -> None:
    assert echo("name", "x" * 300) == "x" * 200
    assert echo("societies", ["A-18", True, 3]) == ["A-18", True, 3]

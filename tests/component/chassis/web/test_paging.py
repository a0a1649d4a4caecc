import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.paging import MalformedCursor, PageWanted, cursor


async def _keep(clerk: httpx2.AsyncClient, notes: int) -> None:
    for number in range(notes):
        await clerk.post("/notes", json={"text": f"note {number}"})


@pytest.mark.parametrize(("notes", "limit"), [(0, 2), (1, 2), (2, 2), (5, 2), (5, 5), (5, 500)])
async def test_following_the_cursor_meets_every_item_once(clerk: httpx2.AsyncClient, notes: int, limit: int) -> None:
    await _keep(clerk, notes)
    met, params = [], {"limit": limit}
    while True:
        page = (await clerk.get("/notes", params=params)).json()
        assert len(page["items"]) <= limit
        met += [item["text"] for item in page["items"]]
        if page["next"] is None:
            break
        params["after"] = page["next"]
    assert met == [f"note {number}" for number in range(notes)]


@pytest.mark.parametrize("after", ["nonsense", "", "===", "W10", "WyJhIl0", "é", "bnVsbA", "W1s" * 300])
async def test_a_cursor_we_never_gave_is_a_problem(clerk: httpx2.AsyncClient, after: str) -> None:
    response = await clerk.get("/notes", params={"after": after})
    assert response.status_code == 422
    assert response.json()["type"] == "urn:societas:problem:malformed-cursor"
    assert response.json()["field"] == "after"


@pytest.mark.parametrize("limit", ["0", "501", "many"])
async def test_a_page_has_a_sensible_length(clerk: httpx2.AsyncClient, limit: str) -> None:
    response = await clerk.get("/notes", params={"limit": limit})
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "limit"


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
        | st.integers(-(2**63) + 1, 2**63 - 1),
        min_size=1,
    ).map(tuple)
)
def test_a_cursor_gives_back_the_key_it_was_made_of(key: tuple[str | int, ...]) -> None:
    assert PageWanted(cursor(key), 50).key(*(type(part) for part in key)) == key


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(MalformedCursor):
        PageWanted(cursor(("A-18", 3)), 50).key(str)
    with pytest.raises(MalformedCursor):
        _ = PageWanted(cursor((3,)), 50).text

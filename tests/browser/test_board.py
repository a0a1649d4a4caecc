"""What a person sees who looks at the board of the running platform."""

import pytest

from tests.browser.cable import Cable
from tests.browser.running import Running
from tests.browser.window import Window, eventually

CODES = ["A-01", "B-01", "C-01", "D-01"]


@pytest.fixture
def board(platform: Running, cable: Cable, window: Window) -> Window:
    """The board in a window, live, with everybody on it."""
    eventually(lambda: bool(platform.rating("D-01")))
    window.open(cable.url)
    eventually(lambda: window.connection == "live" and sorted(window.order) == CODES)
    window.run("window.untouched = true")
    return window


def same(board: Window, platform: Running, society: str) -> bool:
    """Whether the page says of a society what the API says."""
    rating = platform.rating(society)
    shown = board.cell(society, ".total"), board.cell(society, ".rank"), board.cell(society, ".percent")
    known = int(float(rating["completeness"]) * 100 + 1e-9)
    return shown == (f"{float(rating['total']):.2f}", str(rating["rank"]), f"{known}%")


def test_a_record_moves_its_society_up_without_a_reload(board: Window, platform: Running) -> None:
    platform.party_organisation("D-01")

    eventually(lambda: board.order[0] == "D-01" and same(board, platform, "D-01"))
    assert board.cell("D-01", ".rank") == "1"
    assert board.run("return window.untouched")
    board.shoot("board-live")


def test_rows_change_places_as_their_ranks_do(board: Window, platform: Running) -> None:
    for regulation in ("meeting-rules", "finance-rules", "member-rules"):
        platform.regulation("B-01", regulation)
        platform.regulation("C-01", regulation)
    platform.secretariat("C-01")

    eventually(lambda: all(same(board, platform, code) for code in CODES))
    assert board.order == sorted(CODES, key=lambda code: int(platform.rating(code)["rank"]))
    assert board.order != CODES
    assert board.run("return window.untouched")


def test_a_broken_stream_is_resumed_where_it_broke(board: Window, platform: Running, cable: Cable) -> None:
    cable.cut()
    eventually(lambda: board.connection == "reconnecting")
    platform.secretariat("A-01")
    asked = len(cable.requests)
    cable.mend()

    eventually(lambda: board.connection == "live" and same(board, platform, "A-01"))
    resumed = b"".join(cable.requests[asked:]).lower()
    assert b"get /api/evaluation/ratings/stream" in resumed
    assert b"last-event-id: " in resumed
    assert board.run("return window.untouched")


def test_a_page_asks_nobody_else_and_complains_of_nothing(board: Window, cable: Cable) -> None:
    for path in ("/societies/D-01", "/policy", "/?lang=en"):
        board.open(cable.url + path)

    # The browser draws the icon of a date field from a data: address of its own.
    assert [each for each in board.requests if not each.startswith((cable.url + "/", "data:"))] == []
    assert board.complaints == []


def test_a_reader_finds_a_discipline_and_a_name(board: Window) -> None:
    board.run("document.querySelector('[name=discipline][value=medicine]').click()")
    assert board.order == ["D-01"]
    assert board.run("return location.search") == "?discipline=medicine"

    board.run("document.querySelector('[name=discipline][value=\"\"]').click()")
    board.driver.find_element("css selector", "[name=q]").send_keys("机械")
    assert board.order == ["B-01"]


def test_a_reader_may_hold_the_board_still(board: Window, platform: Running) -> None:
    pause = board.driver.find_element("css selector", "[data-pause]")
    pause.click()
    before = board.cell("A-01", ".total")
    platform.regulation("A-01", "archive-rules")
    eventually(lambda: float(platform.rating("A-01")["total"]) > float(before))
    assert board.cell("A-01", ".total") == before

    pause.click()
    eventually(lambda: same(board, platform, "A-01"))


def test_the_keyboard_keeps_its_place_when_rows_move(board: Window, platform: Running) -> None:
    board.run("document.querySelector('[data-society=\"B-01\"] a').focus()")
    for regulation in ("branch-rules", "personnel-rules", "archive-rules", "disclosure-rules", "reform-plan"):
        platform.regulation("B-01", regulation)
    platform.party_organisation("B-01")

    eventually(lambda: same(board, platform, "B-01"))
    assert board.run("return document.activeElement.closest('tr').dataset.society") == "B-01"


def test_a_society_explains_itself_and_says_when_it_has_changed(
    platform: Running, cable: Cable, window: Window
) -> None:
    eventually(lambda: bool(platform.rating("C-01")))
    window.open(f"{cable.url}/societies/C-01")
    assert "鄂科协办〔2017〕86号 四（一）2" in window.run("return document.body.innerText")
    window.shoot("society")
    assert window.run("return document.querySelector('[data-fresh]').hidden")

    platform.party_organisation("C-01")
    eventually(lambda: not window.run("return document.querySelector('[data-fresh]').hidden"))


@pytest.mark.parametrize("path", ["/", "/societies/D-01", "/policy", "/societies/E-99", "/?lang=en", "/policy?lang=en"])
def test_a_telephone_shows_every_page_without_scrolling_sideways(board: Window, cable: Cable, path: str) -> None:
    board.narrow(390, 844)
    board.open(cable.url + path)

    assert board.run("return document.documentElement.scrollWidth") == 390
    board.shoot(f"telephone{path.replace('/', '-').replace('?', '-')}")


def test_without_a_script_the_board_is_there(platform: Running, cable: Cable, window: Window) -> None:
    eventually(lambda: bool(platform.rating("D-01")))
    window.without_script()
    window.open(f"{cable.url}/?discipline=medicine")

    rows = window.driver.find_elements("css selector", ".board tbody tr")
    assert [row.get_attribute("data-society") for row in rows if row.is_displayed()] == ["D-01"]
    assert window.driver.find_element("css selector", ".sieve [type=submit]").is_displayed()

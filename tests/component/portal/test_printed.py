from services.portal.documents import Board, PolicyName
from services.portal.printed import Printed


def a_board() -> Board:
    return Board(policy=PolicyName(id="p", version="1"), as_of="2026-01-01", ratings=[])


def test_a_page_is_printed_once_for_each_that_is_asked_while_the_board_is_the_same() -> None:
    printed, board, times = Printed(), a_board(), []

    def render() -> str:
        times.append(1)
        return f"榜 {len(times)}"

    assert printed.page(board, "", render) == printed.page(board, "", render) == "榜 1".encode()
    assert printed.page(board, "lang=en", render) == "榜 2".encode()
    assert printed.page(a_board(), "", render) == "榜 3".encode()


def test_not_more_pages_are_kept_than_so_many() -> None:
    printed, board = Printed(), a_board()
    for number in range(200):
        printed.page(board, f"q={number}", lambda: "")

    assert len(printed._pages) <= 64  # noqa: SLF001 - how much is kept is not to be seen from outside

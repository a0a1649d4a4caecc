from services.portal.printed import Printed


def test_a_page_is_found_at_its_address_with_the_tag_of_what_it_shows() -> None:
    printed = Printed()
    assert printed.find("/?") == ("", b"")

    assert printed.keep("/?", '"1"', "榜") == "榜".encode()
    assert printed.find("/?") == ('"1"', "榜".encode())
    assert printed.find("/?lang=en") == ("", b"")

    printed.keep("/?", '"2"', "榜 2")
    assert printed.find("/?") == ('"2"', "榜 2".encode())


def test_what_has_no_tag_is_not_kept() -> None:
    printed = Printed()
    assert printed.keep("/?as_of=2026-01-01", "", "榜") == "榜".encode()
    assert printed.find("/?as_of=2026-01-01") == ("", b"")


def test_not_more_pages_are_kept_than_so_many_and_the_oldest_goes_first() -> None:
    printed = Printed()
    for number in range(200):
        printed.keep(f"/?q={number}", '"1"', "榜")

    found = [number for number in range(200) if printed.find(f"/?q={number}").tag]
    assert found == list(range(200 - 128, 200))

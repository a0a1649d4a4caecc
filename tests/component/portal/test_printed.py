from services.portal.printed import Printed


def test_a_page_is_found_at_its_address_with_the_tag_of_what_it_shows() -> None:
    printed = Printed(1_000)
    assert printed.find("/?") == ("", b"", "")

    assert printed.keep("/?", '"1"', "榜") == "榜".encode()
    assert printed.find("/?") == ('"1"', "榜".encode(), "")
    assert printed.find("/?lang=en") == ("", b"", "")

    printed.keep("/?", '"2"', "榜 2")
    assert printed.find("/?") == ('"2"', "榜 2".encode(), "")


def test_what_has_neither_tag_nor_time_is_not_kept() -> None:
    printed = Printed(1_000)
    assert printed.keep("/?as_of=2026-01-01", "", "榜") == "榜".encode()
    assert printed.find("/?as_of=2026-01-01") == ("", b"", "")


def test_pages_take_no_more_bytes_than_they_may_and_the_oldest_goes_first() -> None:
    printed = Printed(10_000)
    for number in range(100):
        printed.keep(f"/?q={number:02}", '"1"', "榜" * 300)
        assert printed.bytes <= 10_000

    found = [number for number in range(100) if printed.find(f"/?q={number:02}").tag]
    assert found == list(range(89, 100))


def test_a_page_larger_than_all_that_may_be_kept_is_sent_and_not_kept() -> None:
    printed = Printed(100)
    assert len(printed.keep("/?", '"1"', "榜" * 300)) == 900
    assert printed.find("/?") == ("", b"", "")
    assert printed.bytes == 0

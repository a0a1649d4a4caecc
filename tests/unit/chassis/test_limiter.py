"""How often somebody may ask, and by which address they are counted."""

from ipaddress import ip_network
from typing import Any

import pytest
from starlette.requests import Request

from chassis.address import address_of, asker_of
from chassis.limiter import Limiter

TRUSTED = (ip_network("10.0.0.0/8"), ip_network("127.0.0.0/8"), ip_network("::1/128"))


def request(peer: str, *forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    scope: dict[str, Any] = {"type": "http", "client": (peer, 1), "headers": headers}
    return Request(scope)


def test_a_minutes_worth_may_be_asked_at_once_and_then_evenly() -> None:
    limiter = Limiter(6)
    assert [limiter.take("a", 0.0) for _ in range(6)] == [0.0] * 6
    assert limiter.take("a", 0.0) == 10.0
    assert limiter.take("a", 9.0) == pytest.approx(1.0)
    assert limiter.take("a", 10.0) == 0.0
    assert limiter.take("a", 10.0) > 0


def test_who_is_refused_is_not_put_off_by_asking() -> None:
    limiter = Limiter(1)
    limiter.take("a", 0.0)
    for second in range(60):
        assert limiter.take("a", float(second)) > 0
    assert limiter.take("a", 60.0) == 0.0


def test_askers_are_counted_apart_and_only_so_many_are_remembered() -> None:
    limiter = Limiter(1)
    assert limiter.take("first", 0.0) == 0.0
    assert all(limiter.take(f"a{n}", 0.0) == 0.0 for n in range(20_000))
    assert limiter.remembered == 10_000
    assert limiter.take("first", 0.0) == 0.0


def test_without_a_limit_everybody_may_ask() -> None:
    assert [Limiter(0).take("a", 0.0) for _ in range(1_000)] == [0.0] * 1_000


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("198.51.100.7", ["203.0.113.5"], "198.51.100.7"),  # whoever says so himself is not believed
        ("127.0.0.1", ["203.0.113.5"], "203.0.113.5"),
        ("127.0.0.1", ["192.0.2.1, 203.0.113.5"], "203.0.113.5"),  # what is left of it anybody may have written
        ("127.0.0.1", ["203.0.113.5, 10.0.0.2"], "203.0.113.5"),  # through the portal and the gateway
        ("127.0.0.1", ["203.0.113.5", "10.0.0.2"], "203.0.113.5"),
        ("127.0.0.1", ["10.0.0.9, 10.0.0.2"], "10.0.0.9"),
        ("127.0.0.1", ["nonsense"], "127.0.0.1"),
        ("127.0.0.1", [], "127.0.0.1"),
    ],
)
def test_only_a_trusted_proxy_says_for_whom_it_asks(peer: str, forwarded: list[str], address: str) -> None:
    assert address_of(request(peer, *forwarded), TRUSTED) == address


def test_a_household_with_a_network_of_its_own_is_one_asker() -> None:
    here, there = "2001:db8:1:2::1", "2001:db8:1:2:ffff::9"
    assert asker_of(request(here), TRUSTED) == asker_of(request(there), TRUSTED) == "2001:db8:1:2::/64"

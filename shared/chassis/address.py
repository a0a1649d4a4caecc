"""From which address a request comes: the peer's, or what a trusted proxy says of whom it asks for."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import HTTPConnection

Networks = Sequence[IPv4Network | IPv6Network]
FORWARDED = "X-Forwarded-For"
UNKNOWN = "unknown"
_OF_ONE_HOUSE = 64


def asker_of(request: HTTPConnection, trusted: Networks) -> str:
    """What questions are counted by: the address of who asks; of IPv6 the 64 bits that a household has for itself."""
    address = address_of(request, trusted)
    found = ip_address(address) if _is_address(address) else None
    return str(ip_network((found, _OF_ONE_HOUSE), strict=False)) if isinstance(found, IPv6Address) else address


def address_of(request: HTTPConnection, trusted: Networks) -> str:
    """The address of who asks.

    Each proxy adds the address of its own peer at the right of the header: the rightmost that is not trusted itself
    is the first that nobody but a trusted proxy can have written.
    """
    peer = request.client.host if request.client else UNKNOWN
    if not _within(peer, trusted):
        return peer
    forwarded = ",".join(request.headers.getlist(FORWARDED)).split(",")
    steps = [step.strip() for step in forwarded if _is_address(step.strip())] or [peer]
    return next((step for step in reversed(steps) if not _within(step, trusted)), steps[0])


def _within(address: str, networks: Networks) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True

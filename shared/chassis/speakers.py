"""Asking a speaker's log over HTTP: for what the bus has lost, and whether we still share a history."""

from collections.abc import Mapping
from functools import cache

import httpx2
import msgspec

from chassis import wire
from chassis.positions import Place

_PAGE = 1_000
# Read once: a hundred authorities take twenty milliseconds, and each service has several clients.
_trusted = cache(httpx2.create_ssl_context)


class Speakers:
    """The logs of the services this one listens to."""

    def __init__(self, peers: Mapping[str, str], token: str) -> None:
        self._peers = peers
        self._client = httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=10, verify=_trusted())

    async def page(self, speaker: str, partition: int, after: int, limit: int = _PAGE) -> list[wire.Heard]:
        """Up to `limit` events after a position, in order.

        Raises:
            httpx2.HTTPError: the speaker does not answer, or not well.
        """
        answer = await self._client.get(
            f"{self._peers[speaker]}/log", params={"partition": partition, "after": after, "limit": limit}
        )
        answer.raise_for_status()
        try:
            return [wire.decode(line) for line in answer.content.splitlines() if line]
        except (msgspec.DecodeError, ValueError) as error:
            raise httpx2.DecodingError(f"{speaker} answered with what is no log: {error}") from error

    async def shares(self, speaker: str, partition: int, place: Place) -> bool:
        """Whether the speaker's log still has, at that position, the event that was applied there."""
        if not place.position:
            return True
        there = await self.page(speaker, partition, place.position - 1, 1)
        return bool(there) and there[0].id == place.event

    async def close(self) -> None:
        """Gives the connections back."""
        await self._client.aclose()

"""Asking a speaker's log over HTTP: for what the bus has lost, and whether we still share a history."""

from collections.abc import Mapping
from functools import cache
from typing import Self

import httpx2
import msgspec

from chassis import outward, wire
from chassis.foreign import ForeignEvent, first_foreign
from chassis.positions import Place
from chassis.service_tokens import ServiceTokens
from chassis.settings import Settings

_PAGE = 1_000
_BOUNDS = outward.Bounds(seconds=30, largest=64 * 1024 * 1024, kinds=outward.LINES)
# Read once: a hundred authorities take twenty milliseconds, and each service has several clients.
_trusted = cache(httpx2.create_ssl_context)


class Speakers:
    """The logs of the services this one listens to."""

    def __init__(self, peers: Mapping[str, str], credentials: httpx2.Auth) -> None:
        self._peers = peers
        self._client = httpx2.AsyncClient(auth=credentials, timeout=10, verify=_trusted())

    @classmethod
    def of(cls, service: str, settings: Settings) -> Self:
        """Those that a service hears, asked in its own name."""
        return cls(settings.peers, ServiceTokens(service, settings))

    async def page(self, speaker: str, partition: int, after: int, limit: int = _PAGE) -> list[wire.Heard]:
        """Up to `limit` events after a position, in order, all of them the speaker's own; fewer where they are large.

        Raises:
            httpx2.HTTPError: the speaker does not answer, or not well.
            ForeignEvent: one of them is not the speaker's.
        """
        page = await self.unchecked_page(speaker, partition, after, limit)
        if (found := first_foreign(page, speaker, partition)) is not None:
            raise ForeignEvent(found)
        return page

    async def unchecked_page(self, speaker: str, partition: int, after: int, limit: int = _PAGE) -> list[wire.Heard]:
        """The same, whosever events they are.

        Raises:
            httpx2.HTTPError: the speaker does not answer, or not well.
        """
        query = {"partition": partition, "after": after, "limit": limit}
        try:
            answer = await outward.get(self._client, f"{self._peers[speaker]}/log", _BOUNDS, params=query)
        except outward.TooLarge:
            if limit == 1:
                raise
            return await self.unchecked_page(speaker, partition, after, max(1, limit // 10))
        answer.raise_for_status()
        try:
            return [wire.decode(line) for line in answer.content.splitlines() if line]
        except (msgspec.DecodeError, ValueError) as error:
            raise httpx2.DecodingError(f"{speaker} answered with what is no log: {error}") from error

    async def shares(self, speaker: str, partition: int, place: Place) -> bool:
        """Whether the speaker's log still has, at that position, the event that was applied there.

        Raises:
            httpx2.HTTPError, ForeignEvent: as `page` does.
        """
        if not place.position:
            return True
        there = await self.page(speaker, partition, place.position - 1, 1)
        return bool(there) and there[0].id == place.event

    async def close(self) -> None:
        """Gives the connections back."""
        await self._client.aclose()

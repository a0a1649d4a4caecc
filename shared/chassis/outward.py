"""Questions to other servers: each has a time for the whole answer and a size that the answer may have."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

from chassis.holding import waits_for

JSON = frozenset({"application/json", "application/problem+json"})
LINES = frozenset({"application/x-ndjson"})
_AS_IT_IS = {"Accept-Encoding": "identity"}
"""A compressed answer would have another size than the one that is counted."""


class TooLarge(httpx2.DecodingError):
    """The answer is larger than what was asked for can be."""


class OfAnotherKind(httpx2.DecodingError):
    """The answer is no document of the kind that was asked for: a stream, for instance, which has no end."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a question may take in all, how large its answer may be, and of which media types."""

    seconds: float
    largest: int
    kinds: frozenset[str] = JSON


async def get(
    client: httpx2.AsyncClient, address: str, bounds: Bounds, headers: Mapping[str, str] | None = None, **rest: Any
) -> httpx2.Response:
    """The answer to a question, whole; of a refusal that is no document only the status.

    Raises:
        TooLarge, OfAnotherKind: the answer is not read to its end.
        httpx2.ReadTimeout: it did not come in time, from the first step to the last byte.
        httpx2.TransportError: nobody answers.
    """
    waits_for(address)
    try:
        async with asyncio.timeout(bounds.seconds):
            async with client.stream("GET", address, headers={**_AS_IT_IS, **(headers or {})}, **rest) as answer:
                content = await _content(answer, bounds)
    except TimeoutError as error:
        raise httpx2.ReadTimeout(f"{address}: no whole answer within {bounds.seconds:g} seconds") from error
    return httpx2.Response(answer.status_code, headers=answer.headers, content=content, request=answer.request)


async def _content(answer: httpx2.Response, bounds: Bounds) -> bytes:
    if answer.status_code == httpx2.codes.NOT_MODIFIED:
        return b""
    if _media_type(answer) not in bounds.kinds:
        if answer.is_success:
            raise OfAnotherKind(f"{answer.request.url}: {_media_type(answer) or 'no media type'}")
        return b""
    content = bytearray()
    async for part in answer.aiter_bytes():
        content += part
        if len(content) > bounds.largest:
            raise TooLarge(f"{answer.request.url}: more than {bounds.largest} bytes")
    return bytes(content)


def _media_type(answer: httpx2.Response) -> str:
    """The media type of an answer that is sent as it is; nothing where it is compressed all the same."""
    if answer.headers.get("content-encoding", "identity") != "identity":
        return ""
    return str(answer.headers.get("content-type", "")).partition(";")[0].strip().lower()

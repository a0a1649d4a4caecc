"""Where the public keys of a token issuer come from."""

import asyncio
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import httpx2
import structlog
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from chassis import outward

ALGORITHMS = frozenset({"EdDSA", "ES256", "RS256"})
SERVICE = "societas_service"
"""The member of a JWK that names the service whose own it is."""
_FRESH_SECONDS = 60.0
_LOOKED_AT_SECONDS = 1.0
_COOLDOWN_SECONDS = 10.0
_BOUNDS = outward.Bounds(seconds=5, largest=1024 * 1024, kinds=outward.JSON | {"application/jwk-set+json"})
_log = structlog.get_logger(__name__)


class KeysUnavailable(Exception):  # noqa: N818 — a state of the world
    """The issuer's keys cannot be had, so no token can be judged."""


class Key(PyJWK):
    """A public key. One with the name of a `service` is its own, and vouches for that service alone."""

    def __init__(self, entry: dict[str, Any]) -> None:
        super().__init__(entry)
        self.service = str(entry[SERVICE]) if SERVICE in entry else None


class Keys(Protocol):
    """A set of public keys by their `kid`."""

    async def find(self, kid: str) -> Key | None:
        """The key of that name, or None if the issuer has none.

        Raises:
            KeysUnavailable: nobody knows.
        """
        ...


class StaticKeys:
    """Keys that were handed in (a JWK set, RFC 7517 §5)."""

    def __init__(self, jwks: Mapping[str, Any]) -> None:
        self._keys = parse_keys(jwks)

    async def find(self, kid: str) -> Key | None:
        """The key of that name."""
        return self._keys.get(kid)


class FileKeys:
    """Keys in a file, read again within a second when the file was changed: a key that is gone is good no more.

    While the file cannot be read, or is written just now, the keys already known stay good.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys: dict[str, Key] = {}
        self._seen: tuple[int, ...] = ()
        self._looked_at = float("-inf")

    async def find(self, kid: str) -> Key | None:
        """The key of that name."""
        if time.monotonic() - self._looked_at > _LOOKED_AT_SECONDS:
            self._look()
            self._looked_at = time.monotonic()
        return self._keys.get(kid)

    def _look(self) -> None:
        try:
            state = self._path.stat()
            seen = (state.st_mtime_ns, state.st_size, state.st_ino)
            if seen != self._seen:
                self._keys, self._seen = parse_keys(json.loads(self._path.read_text("utf-8"))), seen
        except (OSError, ValueError) as error:
            if not self._keys:
                raise KeysUnavailable(str(error)) from error
            _log.warning("keys-unreadable", file=str(self._path), error=str(error))


class ServicesAndOthers:
    """The services' own keys from one place, everybody else's from another."""

    def __init__(self, services: Keys, others: Keys) -> None:
        self._services = services
        self._others = others

    async def find(self, kid: str) -> Key | None:
        """The key of that name."""
        own = await self._services.find(kid)
        return own if own is not None and own.service else await self._others.find(kid)


class RemoteKeys:
    """Keys an issuer publishes; fetched when old or when a token names an unknown one, at most once per cooldown.

    While the issuer is away the keys already known stay good.
    """

    def __init__(self, url: str, client: httpx2.AsyncClient | None = None) -> None:
        self._url = url
        self._client = client
        self._keys: dict[str, Key] = {}
        self._fetched_at = self._tried_at = float("-inf")
        self._fetching = asyncio.Lock()

    async def find(self, kid: str) -> Key | None:
        """The key of that name."""
        if self._wanting(kid):
            async with self._fetching:
                if self._wanting(kid):
                    await self._fetch()
        if kid not in self._keys and self._fetched_at < self._tried_at:
            raise KeysUnavailable(self._url)
        return self._keys.get(kid)

    def _wanting(self, kid: str) -> bool:
        now = time.monotonic()
        old = kid not in self._keys or now - self._fetched_at > _FRESH_SECONDS
        return old and now - self._tried_at > _COOLDOWN_SECONDS

    async def _fetch(self) -> None:
        self._tried_at = time.monotonic()
        try:
            self._keys = parse_keys(await self._download())
        except (httpx2.HTTPError, ValueError) as error:
            _log.warning("keys-unavailable", url=self._url, error=type(error).__name__)
            return
        self._fetched_at = self._tried_at

    async def _download(self) -> Any:
        if self._client is not None:
            return await self._asked(self._client)
        async with httpx2.AsyncClient() as client:
            return await self._asked(client)

    async def _asked(self, client: httpx2.AsyncClient) -> Any:
        return (await outward.get(client, self._url, _BOUNDS)).raise_for_status().json()


def parse_keys(jwks: Any) -> dict[str, Key]:
    """The signing keys of a JWK set that we accept, by name; keys of other kinds are left out.

    Raises:
        ValueError: this is no JWK set.
    """
    entries = jwks.get("keys") if isinstance(jwks, Mapping) else None
    if not isinstance(entries, list):
        raise ValueError("not a JWK set: it has no list of keys")  # noqa: TRY004 — what came from outside is a bad value
    usable = [entry for entry in entries if isinstance(entry, dict) and entry.get("use", "sig") == "sig"]
    return {str(entry["kid"]): key for entry in usable if "kid" in entry and (key := _key(entry)) is not None}


def _key(entry: dict[str, Any]) -> Key | None:
    try:
        key = Key(entry)
    except PyJWTError:
        return None
    return key if key.algorithm_name in ALGORITHMS else None

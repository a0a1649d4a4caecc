"""Looks at every link a platform on this machine hangs by, in the order in which one fault explains the next."""

import os
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from chassis.language import N_, Phrase, translate
from societas.platform import RECORD_KEEPERS

_SECONDS = 6.0
OK = N_("in order")
NO_DATA = N_("{path} does not exist: no platform was ever started there. Start one: societas up --data {path}")
NOT_WRITABLE = N_("{path} cannot be written by this user.")
CLOSED = N_("Nothing listens on {host}:{port}. Start the platform: societas up")
FOREIGN = N_("Something listens on {host}:{port}, and it is no Societas platform ({reason}). Choose another --port.")
STUCK = N_("Something listens on {host}:{port} and does not answer within {seconds} seconds. Restart the platform.")
BUS_OFF = N_("The embedded bus is not running; it runs only while the platform does.")
BUS_GONE = N_("The embedded bus is not running, and the platform is. Restart the platform.")
BUS_SILENT = N_(
    "The bus on port {port} does not answer ({reason}). One that has ended is started again within a second; "
    "if this stays, see {path} and restart the platform."
)
SILENT = N_("The service does not answer ({reason}). Restart the platform.")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found at one link, in both languages."""

    link: str
    ok: bool
    zh: str
    en: str

    def as_json(self) -> dict[str, object]:
        """As `doctor --json` prints it."""
        return asdict(self)


def examine(data: Path, url: str) -> Iterator[Finding]:
    """The findings, one by one. A platform elsewhere has no data directory or bus that could be looked at."""
    here = urlsplit(url).hostname in {"127.0.0.1", "localhost", "::1"}
    if here:
        yield _data(data)
    listening = _port(url)
    yield listening
    if here:
        yield _bus(data / "valkey", of_a_platform=listening.ok)
    if listening.ok:
        for service in RECORD_KEEPERS:
            yield from _service(service, url)


def _well(link: str) -> Finding:
    return Finding(link, ok=True, zh=translate(OK, "zh"), en=OK)


def _ill(link: str, sentence: Phrase, **values: object) -> Finding:
    return Finding(link, ok=False, zh=translate(sentence, "zh", **values), en=translate(sentence, "en", **values))


def _data(data: Path) -> Finding:
    if not data.is_dir():
        return _ill("data", NO_DATA, path=data)
    return _well("data") if os.access(data, os.W_OK | os.X_OK) else _ill("data", NOT_WRITABLE, path=data)


def _port(url: str) -> Finding:
    where = urlsplit(url)
    host, port = where.hostname or "127.0.0.1", where.port or (443 if where.scheme == "https" else 80)
    try:
        socket.create_connection((host, port), timeout=_SECONDS).close()
    except OSError:
        return _ill("port", CLOSED, host=host, port=port)
    try:
        alive = httpx2.get(f"{url}/api/membership/healthz", timeout=_SECONDS)
        alive.raise_for_status()
    except httpx2.TimeoutException:
        return _ill("port", STUCK, host=host, port=port, seconds=round(_SECONDS))
    except httpx2.HTTPError as error:
        return _ill("port", FOREIGN, host=host, port=port, reason=_reason(error))
    return _well("port")


def _bus(directory: Path, *, of_a_platform: bool) -> Finding:
    # Only where there is an embedded bus.
    from redis import RedisError  # noqa: PLC0415

    from societas.valkey import client  # noqa: PLC0415

    try:
        port, password = int((directory / "port").read_text()), (directory / "password").read_text().strip()
    except (OSError, ValueError):
        return _ill("bus", BUS_GONE if of_a_platform else BUS_OFF)
    try:
        with client(port, password) as bus:
            bus.ping()
    except (RedisError, OSError) as error:
        return _ill("bus", BUS_SILENT, port=port, reason=type(error).__name__, path=directory / "valkey.log")
    return _well("bus")


def _service(service: str, url: str) -> Iterator[Finding]:
    """Its own sentences about itself, asked for in both languages."""
    try:
        said = {language: _readiness(f"{url}/api/{service}/readyz", language) for language in ("zh", "en")}
    except (httpx2.HTTPError, ValueError, KeyError) as error:
        yield _ill(service, SILENT, reason=_reason(error))
        return
    for name, detail in said["zh"].items():
        if detail is not None:
            yield Finding(f"{service}/{name}", ok=False, zh=detail, en=said["en"].get(name) or detail)
    if not any(said["zh"].values()):
        yield _well(service)


def _readiness(address: str, language: str) -> dict[str, str | None]:
    answer = httpx2.get(address, headers={"Accept-Language": language}, timeout=_SECONDS)
    return {one["name"]: None if one["ok"] else str(one["detail"]) for one in answer.json()["checks"]}


def _reason(error: Exception) -> str:
    response = getattr(error, "response", None)
    return f"HTTP {response.status_code}" if response is not None else type(error).__name__

"""Looks at every link a platform on this machine hangs by, in the order in which one fault explains the next."""

import os
import re
import shutil
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2

from chassis.language import N_, Phrase, translate
from chassis.version import version
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
SILENT = N_(
    "The service does not answer ({reason}). See whether it runs and what it logs; restart this one if it hangs."
)
UNLIKE = N_("It is version {found}, and this command is version {known}: bring both to one version.")
LETTERS = N_("{count} events could not be applied: societas dead-letters list --service {service}")
LITTLE_ROOM = N_("{free} MB are left where {path} is, {percent} % of all: make room.")
_LEAST_SHARE = 0.05


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


def examine(data: Path, url: str, instances: Sequence[str] = ()) -> Iterator[Finding]:
    """The findings, one by one. A platform elsewhere has no data directory or bus that could be looked at.

    `instances` are the addresses of those that share a service behind the gateway, which asks but one of them.
    """
    here = urlsplit(url).hostname in {"127.0.0.1", "localhost", "::1"}
    if here:
        yield _data(data)
    listening = _port(url)
    yield listening
    if here:
        yield _bus(data / "valkey", of_a_platform=listening.ok)
    if not listening.ok:
        return
    asked = {service: f"{url}/api/{service}" for service in RECORD_KEEPERS}
    asked |= {urlsplit(one).hostname or one: one.rstrip("/") for one in instances}
    with ThreadPoolExecutor(len(asked)) as pool:
        for findings in pool.map(_service, asked, asked.values()):
            yield from findings


def _well(link: str) -> Finding:
    return Finding(link, ok=True, zh=translate(OK, "zh"), en=OK)


def _ill(link: str, sentence: Phrase, **values: object) -> Finding:
    return Finding(link, ok=False, zh=translate(sentence, "zh", **values), en=translate(sentence, "en", **values))


def _data(data: Path) -> Finding:
    if not data.is_dir():
        return _ill("data", NO_DATA, path=data)
    if not os.access(data, os.W_OK | os.X_OK):
        return _ill("data", NOT_WRITABLE, path=data)
    room = shutil.disk_usage(data)
    if room.free < _LEAST_SHARE * room.total:
        return _ill("data", LITTLE_ROOM, free=room.free >> 20, path=data, percent=100 * room.free // room.total)
    return _well("data")


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


def _service(service: str, address: str) -> list[Finding]:
    """Its own sentences about itself, asked for in both languages; its version, and what it could not apply."""
    try:
        zh, en = (_asked(f"{address}/readyz", language).json() for language in ("zh", "en"))
        said = {language: _details(one) for language, one in (("zh", zh), ("en", en))}
    except (httpx2.HTTPError, ValueError, LookupError, TypeError) as error:
        return [_ill(service, SILENT, reason=_reason(error))]
    found = [
        Finding(f"{service}/{name}", ok=False, zh=detail, en=said["en"].get(name) or detail)
        for name, detail in said["zh"].items()
        if detail is not None
    ]
    if zh.get("version", version()) != version():
        found.append(_ill(f"{service}/version", UNLIKE, found=zh["version"], known=version()))
    if letters := _dead_letters(address):
        found.append(_ill(f"{service}/dead-letters", LETTERS, count=letters, service=service))
    return found or [_well(service)]


def _details(answer: Any) -> dict[str, str | None]:
    return {one["name"]: None if one["ok"] else str(one["detail"]) for one in answer["checks"]}


def _dead_letters(address: str) -> int:
    """How many there are, by the service's own numbers; none where those are not open to this caller."""
    try:
        told = _asked(f"{address}/metrics", "zh").text
    except httpx2.HTTPError:
        return 0
    counted = re.search(r"^societas_dead_letters (\S+)$", told, re.MULTILINE)
    return int(float(counted[1])) if counted else 0


def _asked(address: str, language: str) -> httpx2.Response:
    return httpx2.get(address, headers={"Accept-Language": language}, timeout=_SECONDS)


def _reason(error: Exception) -> str:
    response = getattr(error, "response", None)
    return f"HTTP {response.status_code}" if response is not None else type(error).__name__

"""One service of a deployment, in a process of its own: `python -m societas.serving SERVICE`.

`python -m societas.serving migrate SERVICE` is the one-shot job before it: it brings the service's database up to date.
"""

import asyncio
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import uvicorn
from fastapi import FastAPI
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from pydantic import SecretStr
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis import migrations
from chassis.clock import SystemClock
from chassis.collector import settle_down
from chassis.settings import Settings
from chassis.telemetry import configure_logging
from societas import http_server
from societas.ready import PORT

SERVICES = ("membership", "events", "federation", "evaluation", "portal")
SECRETS = Path("/run/secrets")
_PASSWORD_OF = {"replica": "database"}


class Seats:
    """An ASGI app around one that listens: tells at /seats, and in a metric, which partitions this instance holds.

    Its status says whether it can answer for all of them. The gateway asks every second, so it is answered before
    anything is logged or measured.
    """

    def __init__(self, app: FastAPI) -> None:
        """`app` is a listening service's."""
        self._app = app
        self._service = app.state.service
        self._service.metrics.registry.register(self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 — ASGI
        if scope["type"] == "http" and scope["path"] == f"{scope.get('root_path', '')}/seats":
            await self._answer()(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def collect(self) -> Iterable[Metric]:
        """How many partitions there are, and the epoch of each lease held here, which grows with every change."""
        epochs = GaugeMetricFamily("societas_lease_epoch", "Epoch of the lease held here", labels=["partition"])
        for partition, reading in self._service.listener.readings.items():
            epochs.add_metric([str(partition)], reading.seat.epoch)
        yield epochs
        partitions = GaugeMetricFamily("societas_partitions", "Partitions of each stream")
        partitions.add_metric([], self._service.settings.partitions)
        yield partitions

    def _answer(self) -> PlainTextResponse:
        held = sorted(number for number, reading in self._service.listener.readings.items() if reading.held)
        following = getattr(self._app.state, "following", None)
        whole = following.readable() if following else len(held) == self._service.settings.partitions
        return PlainTextResponse(" ".join(map(str, held)), 200 if whole else 503)


def serve(service: str) -> None:
    """Serves until told to stop; behind the gateway the records are under /api/SERVICE, the pages at the root."""
    settings = settings_of(service)
    configure_logging(settings.log_format, settings.log_level)
    app: FastAPI = import_module(f"services.{service}.app").build(settings, SystemClock())
    listens = getattr(app.state.service, "listener", None) is not None
    served: ASGIApp = Seats(app) if listens else app
    settle_down()
    root = "" if service == "portal" else f"/api/{service}"
    # The container's own network decides who gets here.
    server = uvicorn.Server(http_server.configured(served, host="0.0.0.0", port=PORT, root_path=root))  # noqa: S104
    server.run()
    if not server.started:
        raise SystemExit("the server did not start")


def migrate(service: str) -> None:
    """Brings the database up to date; of the settings only its URL is needed."""
    asyncio.run(migrations.migrate(url("database").get_secret_value(), service))


def settings_of(service: str) -> Settings:
    """The settings of one service; the portal owns no records and is given neither database nor credentials."""
    if service == "portal":
        nothing = SecretStr("")
        return Settings(database_url=nothing, redis_url=nothing, service_token=nothing)
    given: dict[str, Any] = {"database_url": url("database"), "redis_url": url("redis", user=service)}
    if os.environ.get("SOCIETAS_REPLICA_URL"):
        given["replica_url"] = url("replica")
    return Settings(**given)


def url(of: str, secrets: Path = SECRETS, *, user: str = "") -> SecretStr:
    """SOCIETAS_DATABASE_URL or SOCIETAS_REDIS_URL, with the password from the secret file of that name.

    SOCIETAS_REPLICA_URL has the database's: a streaming replica has the roles of its primary. A URL that names no user
    is of `user`.

    Raises:
        SystemExit: the variable or the file is missing; says which.
    """
    variable, secret = f"SOCIETAS_{of.upper()}_URL", secrets / f"{_PASSWORD_OF.get(of, of)}_password"
    if not os.environ.get(variable):
        raise SystemExit(f"未设置 {variable}。\n{variable} is not set.")
    found = urlsplit(os.environ[variable])
    who, _, where = found.netloc.rpartition("@")
    who = who or user
    if ":" not in who:
        try:
            password = quote(secret.read_text("utf-8").strip(), safe="")
        except OSError as error:
            reason = f"{secret}: {error.strerror}"
            raise SystemExit(
                f"读不到密码文件（{reason}）。请先运行 infra/secrets.sh。\n"
                f"The password cannot be read ({reason}). Run infra/secrets.sh first."
            ) from error
        found = found._replace(netloc=f"{who}:{password}@{where}")
    return SecretStr(found.geturl())


def main(arguments: list[str]) -> None:
    """Does what the arguments say; anything else ends with how it is called."""
    match arguments:
        case ["migrate", service] if service in SERVICES:
            migrate(service)
        case [service] if service in SERVICES:
            serve(service)
        case _:
            raise SystemExit(f"python -m societas.serving [migrate] {'|'.join(SERVICES)}")


if __name__ == "__main__":
    main(sys.argv[1:])

"""One service of a deployment, in a process of its own: `python -m societas.serving SERVICE`.

Two more things a deployment asks of its image: `migrate SERVICE` brings the service's database up to date and ends;
`ready` prints what the service in this container lacks, and fails while it lacks something.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fastapi import FastAPI
    from prometheus_client import Metric
    from pydantic import SecretStr
    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from chassis.settings import Settings

SERVICES = ("membership", "events", "federation", "evaluation", "portal")
SECRETS = Path("/run/secrets")
PORT = 8000
_CHECK_SECONDS = 8.0
_USAGE = f"python -m societas.serving [migrate] {{{'|'.join(SERVICES)}}} | ready"


class Seats:
    """An ASGI app around one that may stand by: tells at /seat, and in a metric, whether this instance is the one.

    The gateway asks twice a second, so it is answered before anything is logged or measured.
    """

    def __init__(self, app: "FastAPI") -> None:
        """`app` is a listening service's."""
        self._app = app
        self._service = app.state.service
        self._service.metrics.registry.register(self)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:  # noqa: D102 — ASGI
        if scope["type"] == "http" and scope["path"].endswith("/seat"):
            await self._answer()(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def collect(self) -> "Iterable[Metric]":
        """The lease's epoch, which grows with every change of hands; without samples where this instance stands by."""
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 — `ready` starts without it

        epochs = GaugeMetricFamily("societas_lease_epoch", "Epoch of the lease held here", labels=["partition"])
        for partition, reading in self._service.listener.readings.items():
            epochs.add_metric([str(partition)], reading.seat.epoch)
        yield epochs

    def _answer(self) -> "Response":
        from starlette.responses import PlainTextResponse  # noqa: PLC0415 — as above

        all_held = len(self._service.listener.readings) == self._service.settings.partitions
        return PlainTextResponse("held\n" if all_held else "standing by\n", 200 if all_held else 503)


def serve(service: str) -> None:
    """Serves until told to stop; behind the gateway the records are under /api/SERVICE, the pages at the root."""
    import uvicorn  # noqa: PLC0415 — `ready` starts without it

    from chassis.clock import SystemClock  # noqa: PLC0415 — as above
    from chassis.telemetry import configure_logging  # noqa: PLC0415 — as above

    settings = settings_of(service)
    configure_logging(settings.log_format, settings.log_level)
    app: FastAPI = import_module(f"services.{service}.app").build(settings, SystemClock())
    listens = getattr(app.state.service, "listener", None) is not None
    uvicorn.run(
        Seats(app) if listens else app,
        host="0.0.0.0",  # noqa: S104 — the container's own network decides who gets here
        port=PORT,
        root_path="" if service == "portal" else f"/api/{service}",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


def migrate(service: str) -> None:
    """The one-shot job of a deployment: the database's own tables, and nothing else of the settings is needed."""
    import asyncio  # noqa: PLC0415 — as above

    from chassis.migrations import migrate as bring_up_to_date  # noqa: PLC0415 — as above

    asyncio.run(bring_up_to_date(_url("database").get_secret_value(), service))


def settings_of(service: str) -> "Settings":
    """The settings of one service; the portal owns no records and is given neither database nor credentials."""
    from pydantic import SecretStr  # noqa: PLC0415 — as above

    from chassis.settings import Settings  # noqa: PLC0415 — as above

    if service == "portal":
        nothing = SecretStr("")
        return Settings(database_url=nothing, redis_url=nothing, service_token=nothing)
    return Settings(database_url=_url("database"), redis_url=_url("redis"))


def _url(of: str) -> "SecretStr":
    """SOCIETAS_DATABASE_URL or SOCIETAS_REDIS_URL, completed by the password in the secret file of that name."""
    from pydantic import SecretStr  # noqa: PLC0415 — as above
    from sqlalchemy import make_url  # noqa: PLC0415 — as above

    variable, secret = f"SOCIETAS_{of.upper()}_URL", SECRETS / f"{of}_password"
    if not os.environ.get(variable):
        raise SystemExit(f"未设置 {variable}。\n{variable} is not set.")
    url = make_url(os.environ[variable])
    if url.password is None:
        try:
            url = url.set(password=secret.read_text("utf-8").strip())
        except OSError as error:
            reason = f"{secret}: {error.strerror}"
            raise SystemExit(
                f"读不到密码文件（{reason}）。请先运行 infra/secrets.sh。\n"
                f"The password cannot be read ({reason}). Run infra/secrets.sh first."
            ) from error
    return SecretStr(url.render_as_string(hide_password=False))


def ready() -> int:
    """Prints what /readyz says is missing; 0 when nothing is."""
    import json  # noqa: PLC0415 — as above

    connection = HTTPConnection("127.0.0.1", PORT, timeout=_CHECK_SECONDS)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        found = json.loads(answer.read())
    except (OSError, HTTPException, ValueError) as error:
        return _say(f"no answer: {error!r}", 1)
    troubles = [f"{check['name']}: {check['detail']}" for check in found.get("checks", []) if not check["ok"]]
    return _say("\n".join(troubles) or str(found.get("status")), int(answer.status != 200))  # noqa: PLR2004 — HTTP


def _say(text: str, status: int) -> int:
    sys.stdout.write(text + "\n")
    return status


def main(arguments: list[str]) -> int:
    """Does what the arguments say; returns the exit status."""
    match arguments:
        case ["ready"]:
            return ready()
        case ["migrate", service] if service in SERVICES:
            migrate(service)
        case [service] if service in SERVICES:
            serve(service)
        case _:
            sys.stderr.write(_USAGE + "\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

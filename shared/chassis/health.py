"""Whether a service lives, whether it can work, and what it measures."""

import asyncio

import structlog
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from chassis.access import PUBLIC
from chassis.language import N_, language_of
from chassis.serving import Check, Trouble, service_of
from chassis.telemetry import EXPOSITION
from chassis.version import version

_CHECK_SECONDS = 5.0
_log = structlog.get_logger(__name__)


class Checked(BaseModel):
    """One thing a service needs, and what is wrong with it."""

    name: str
    ok: bool
    detail: str | None = None


class Readiness(BaseModel):
    """Whether a service can do its work: `ready`, or `not-ready` with the reasons."""

    status: str
    version: str = Field(description="Version of the program that answers")
    checks: list[Checked]


routes = APIRouter(tags=["health"], dependencies=[])


@routes.get("/healthz", dependencies=[PUBLIC])
async def healthz() -> dict[str, str]:
    """The process is alive and answers. Nothing else is looked at: a restart would not mend anything else."""
    return {"status": "alive"}


@routes.get("/readyz", dependencies=[PUBLIC], responses={503: {"model": Readiness}})
async def readyz(request: Request, response: Response) -> Readiness:
    """Everything the service needs is there; or 503, and in plain words what is not."""
    language = language_of(request.headers.get("accept-language"))
    checks = service_of(request).checks
    troubles = await asyncio.gather(*(_looked_at(name, check) for name, check in checks.items()))
    checked = [
        Checked(name=name, ok=trouble is None, detail=trouble.said(language) if trouble else None)
        for name, trouble in zip(checks, troubles, strict=True)
    ]
    ready = all(one.ok for one in checked)
    response.status_code = 200 if ready else 503
    return Readiness(status="ready" if ready else "not-ready", version=version(), checks=checked)


@routes.get("/metrics", dependencies=[PUBLIC], response_class=Response)
async def metrics(request: Request) -> Response:
    """The service's numbers in the Prometheus text format."""
    return Response(service_of(request).metrics.exposition(), media_type=EXPOSITION)


async def _looked_at(name: str, check: Check) -> Trouble | None:
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            return await check()
    except TimeoutError:
        return Trouble(N_("No answer within {seconds} seconds."), {"seconds": int(_CHECK_SECONDS)})
    except Exception as error:  # noqa: BLE001 — a check that fails is an answer too
        _log.warning("check-failed", check=name, error=repr(error))
        return Trouble(N_("This could not be looked at ({error})."), {"error": type(error).__name__})

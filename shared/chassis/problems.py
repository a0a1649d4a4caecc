"""Problem documents (RFC 9457): every refusal in one shape, with a stable type, in the caller's language."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette._utils import get_route_path
from starlette.exceptions import HTTPException
from starlette.routing import compile_path
from starlette.types import Receive, Scope, Send

from chassis import database, faults, http_refusals
from chassis.echo import Json, echo
from chassis.language import Language, language_of
from chassis.refusals import MOST_FAULTS, Refusal
from chassis.serving import service_of

MEDIA_TYPE = "application/problem+json"


class Fault(BaseModel):
    """One value that is wrong: where it stands in the request, what was sent (cut at 200 characters), and why."""

    line: int | None = Field(default=None, description="Where the body has lines: which, from 1")
    field: str
    value: Json = None
    message: str
    label: str | None = Field(default=None, description="What people call the field, in the caller's language")
    clashes_with: str | None = Field(default=None, description="The id of the record it clashes with")


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:societas:problem:unknown-society",
                    "title": "没有这个学会",
                    "status": 404,
                    "detail": "没有代码为 A-99 的学会。",
                    "instance": "/societies/A-99/members",
                    "field": "society",
                    "value": "A-99",
                }
            ]
        }
    )

    type: str = Field(description="Stable name of the kind of problem")
    title: str = Field(description="The kind of problem, in the caller's language")
    status: int
    detail: str = Field(description="What is wrong in this case and what would be right, in the caller's language")
    instance: str = Field(description="The path of the request")
    field: str | None = Field(default=None, description="The offending field, as a dotted path")
    value: Json = Field(default=None, description="What was sent there, cut at 200 characters; never a secret")
    label: str | None = Field(default=None, description="What people call the field, in the caller's language")
    clashes_with: str | None = Field(
        default=None, description="The id of the record that this clashes with; a withdrawal takes it"
    )
    errors: list[Fault] | None = Field(default=None, description="The faults, where there may be several; at most 100")
    more: int | None = Field(default=None, description="How many faults there are besides, where there are more")


def catch_problems(app: FastAPI) -> None:
    """Makes an app answer every refusal with a problem document."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    for of_the_store in (DBAPIError, PoolTimeout, ConnectionError):
        app.add_exception_handler(of_the_store, _store_away)


def problem_of(
    refusal: Refusal, instance: str, language: Language, errors: Sequence[Fault] | None = None, more: int = 0
) -> Problem:
    """The document that tells of a refusal."""
    return Problem(
        type=refusal.type,
        title=refusal.titled(language),
        status=refusal.status,
        detail=refusal.explained(language),
        instance=instance,
        field=refusal.field,
        value=echo(refusal.field or "", refusal.value),
        label=refusal.labelled(language),
        clashes_with=refusal.clashes_with,
        errors=list(errors) if errors is not None else None,
        more=more or None,
    )


def respond(scope: Scope, refusal: Refusal, errors: Sequence[Fault] | None = None, more: int = 0) -> Response:
    """The HTTP response that tells of a refusal."""
    language = language_of(_header(scope, b"accept-language"))
    problem = problem_of(refusal, str(scope["path"]), language, errors, more)
    headers = {"Content-Language": "zh-CN" if language == "zh" else "en", "Vary": "Accept-Language", **refusal.headers}
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    # What was sent is shown again, and may be no text that UTF-8 can write.
    body = json.dumps(problem.model_dump(exclude_none=True), ensure_ascii=False, separators=(",", ":"))
    return Response(body.encode(errors="replace"), refusal.status, headers, MEDIA_TYPE)


async def send_refusal(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with a refusal where there is no route yet: in a middleware."""
    await respond(scope, refusal)(scope, receive, send)


async def _refused(request: Request, error: Exception) -> Response:
    refusal = cast("Refusal", error)
    language = language_of(request.headers.get("accept-language"))
    found = [Fault.model_validate(one.as_fault(language)) for one in refusal.errors[:MOST_FAULTS]]
    return respond(request.scope, refusal, found or None, len(refusal.errors[MOST_FAULTS:]) + refusal.more)


async def _invalid(request: Request, error: Exception) -> Response:
    found = cast("RequestValidationError", error).errors()
    language = language_of(request.headers.get("accept-language"))
    for one in found:
        if one["type"] == "json_invalid":
            return respond(request.scope, http_refusals.MalformedJson(position=one["loc"][-1]))
        if len(one["loc"]) == 1 and isinstance(one.get("input"), bytes):
            return respond(request.scope, http_refusals.UnsupportedMediaType())
    told = [_fault(one, language) for one in found[:MOST_FAULTS]]
    return respond(request.scope, http_refusals.InvalidRequest(count=len(found)), told, len(found) - len(told))


async def _http(request: Request, error: Exception) -> Response:
    raised = cast("HTTPException", error)
    response = respond(request.scope, http_refusals.for_status(raised.status_code))
    response.headers.update(raised.headers or {})
    if raised.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = ", ".join(sorted(_methods_at(request)))
    return response


def _methods_at(request: Request) -> set[str]:
    """The methods of every route of this address; the framework names those of the first one."""
    path, found = get_route_path(request.scope), set[str]()
    for route in iter_route_contexts(request.app.routes):
        if route.path and compile_path(route.path)[0].match(path):
            found |= set(route.methods or ())
    return found


async def _store_away(request: Request, error: Exception) -> Response:
    if database.full(error):
        refusal: Refusal = http_refusals.StoreFull()
    elif database.unavailable(error) or isinstance(error, OperationalError):
        refusal = http_refusals.StoreUnavailable()
    else:
        raise error
    service_of(request).db.outage.refused(refusal.slug, error)
    return respond(request.scope, refusal)


def _fault(error: Mapping[str, Any], language: Language) -> Fault:
    _, *path = error["loc"]
    field = ".".join(str(step) for step in path) or str(error["loc"][0])
    sent = error.get("input")
    shown = echo(field, sent) if isinstance(sent, str | int | float | bool) else None
    return Fault(field=field, value=shown, message=faults.message_of(error, language))


def _header(scope: Scope, name: bytes) -> str | None:
    found = [value for key, value in scope.get("headers", []) if key.lower() == name]
    return b",".join(found).decode("latin-1") if found else None

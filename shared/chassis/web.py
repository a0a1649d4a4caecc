"""A service's HTTP app: one transaction per write, one shape for every refusal, the same doors in every service."""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import health, openapi, query_names, text
from chassis.access import permissions_asked
from chassis.body_limit import MIB, BodyLimit
from chassis.correlation import Correlation
from chassis.heads import Heads
from chassis.holding import answering, answering_again
from chassis.idempotency import Claim, fingerprint
from chassis.lookups import expect_lost_lookups
from chassis.nosniff import NoSniff
from chassis.observed import Observed
from chassis.problems import catch_problems
from chassis.serving import Service, service_of
from chassis.tokens import Caller
from chassis.version import version
from chassis.work import Work

__all__ = [
    "MIB",
    "Beginning",
    "Looking",
    "Reading",
    "Service",
    "Writing",
    "WritingRoute",
    "assemble",
    "router",
    "service_of",
]

_FIRST_ERROR = 400
_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class _Answered(Exception):  # noqa: N818 — a way out of the transaction, not an error
    def __init__(self, response: Response) -> None:
        self.response = response


class _Edge:
    """The transaction of one request: begun when an endpoint asks for it, ended before the response leaves."""

    def __init__(self, service: Service, stack: AsyncExitStack) -> None:
        self._service = service
        self._stack = stack
        self._work: Work | None = None
        self._claim: Claim | None = None

    async def begin(self, claim: Claim | None, caller: Caller | None) -> Work:
        """The work of this caller's request; leaves at once with the kept response if it was done before."""
        self._work = await self._stack.enter_async_context(self._service.work(caller))
        self._claim = claim
        if claim is not None and (kept := await claim.claim(self._work)) is not None:
            raise _Answered(kept)
        return self._work

    async def finish(self, response: Response) -> None:
        """Keeps the response under its key; an endpoint that answers with an error keeps nothing at all."""
        if self._work is None:
            return
        if response.status_code >= _FIRST_ERROR:
            raise _Answered(response)
        if self._claim is not None:
            await self._claim.keep(self._work, response)


class WritingRoute(APIRoute):
    """A route that asks for roles before it reads anything, and commits before the response leaves.

    A query parameter that the endpoint does not know, or that came twice, is refused.
    """

    def get_route_handler(self) -> _Handler:
        """The handler, with the request's transaction around it."""
        handle, permissions = super().get_route_handler(), permissions_asked(self)
        known, has_form = query_names.parameters_of(self.dependant), self.body_field is not None

        async def transacted(request: Request) -> Response:
            for permission in permissions:
                await permission.admit(request)
            query_names.refuse_misused(request, known)
            if has_form:
                # FastAPI would read it next, and call whatever goes wrong in that a malformed request.
                await text.normalise_body(request)
            try:
                with answering():
                    return await _answer(handle, request)
            except _Answered as answered:
                return answered.response

        return transacted


async def _answer(handle: _Handler, request: Request) -> Response:
    """What the handler answers, with its transaction committed."""
    async with AsyncExitStack() as stack:
        request.state.edge = edge = _Edge(service_of(request), stack)
        response = await _handled(handle, request)
        await edge.finish(response)
        return response


async def _handled(handle: _Handler, request: Request) -> Response:
    """What the handler answers; asked once more, and then of the primary, where a replica failed under it."""
    try:
        return await handle(request)
    except (DBAPIError, OSError) as error:
        look: AsyncConnection | None = getattr(request.state, "look", None)
        # A replica ends a query that is in the way of what it takes over from the primary.
        if look is None or not service_of(request).db.forsakes(look, error):
            raise
    with answering_again():
        return await handle(request)


async def _claimed(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            description="Makes repeating this request harmless: the same key gives the same answer, done once",
        ),
    ] = None,
) -> Claim | None:
    digest: str | None = getattr(request.state, "digest", None)
    # The whole body is here before the transaction begins: a slow caller holds up nobody.
    body = await request.body() if digest is None else b""
    caller = _caller_of(request)
    if idempotency_key is None:
        return None
    told = fingerprint(request.method, request.url.path, request.url.query, digest or sha256(body).hexdigest())
    who, roles = (caller.subject, caller.roles) if caller else ("", frozenset[str]())
    return Claim(who, roles, idempotency_key, told)


Claimed = Annotated[Claim | None, Depends(_claimed)]
Begin = Callable[[], Awaitable[Work]]


async def _writing(request: Request, claim: Claimed) -> Work:
    edge: _Edge = request.state.edge
    return await edge.begin(claim, _caller_of(request))


async def _beginning(request: Request, claim: Claimed) -> Begin:
    edge: _Edge = request.state.edge
    if claim is not None:
        async with service_of(request).db.reading() as conn:
            if (kept := await claim.answered(conn)) is not None:
                raise _Answered(kept)
    return partial(edge.begin, claim, _caller_of(request))


def _caller_of(request: Request) -> Caller | None:
    return getattr(request.state, "caller", None)


async def _reading(request: Request) -> AsyncIterator[AsyncConnection]:
    async with service_of(request).db.reading() as conn:
        yield conn


async def _looking(request: Request) -> AsyncIterator[AsyncConnection]:
    async with service_of(request).db.looking() as conn:
        request.state.look = conn
        yield conn


Writing = Annotated[Work, Depends(_writing)]
"""The work of this request: one transaction, committed after the endpoint and before the response."""

Beginning = Annotated[Begin, Depends(_beginning)]
"""The same, begun when the endpoint calls it: what has to be waited for is waited for before."""

Reading = Annotated[AsyncConnection, Depends(_reading, scope="function")]
"""A connection on one snapshot, given back before the response leaves."""

Looking = Annotated[AsyncConnection, Depends(_looking, scope="function")]
"""The same for what people are shown; it may be a moment old. What something is decided by is asked of `Reading`."""


def router(tag: str) -> APIRouter:
    """A router whose endpoints may ask for `Writing`, `Beginning`, `Reading` or `Looking`."""
    return APIRouter(tags=[tag], route_class=WritingRoute)


def assemble(
    service: Service,
    *routers: APIRouter,
    title: str | None = None,
    description: str = "",
    body_limits: Mapping[str, int] | None = None,
    describe: openapi.Describe | None = None,
) -> FastAPI:
    """The app of a service: its routers, and what every service has.

    `body_limits` maps route templates to bytes where the settings' limit is too small; `describe` has the last word
    on the OpenAPI document.
    """
    app = FastAPI(
        title=title or f"Societas · {service.name}",
        description=description,
        version=version(),
        lifespan=_lifespan(service),
        # The viewers' pages load scripts from elsewhere; here there may be no elsewhere.
        docs_url=None,
        redoc_url=None,
        # It would lead to whatever host the request names, by http behind a gateway that speaks https.
        redirect_slashes=False,
    )
    app.state.service = service
    for each in (health.routes, *routers):
        # Included as FastAPI would, every route would be made once more for each app.
        app.router.routes.extend(each.routes)
    catch_problems(app)
    app.add_middleware(Heads)
    app.add_middleware(BodyLimit, limit=service.settings.max_body_bytes, paths=body_limits or {})
    app.add_middleware(Observed, metrics=service.metrics)
    app.add_middleware(Correlation)
    app.add_middleware(NoSniff)
    openapi.document(app, describe)
    return app


def _lifespan(service: Service) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        expect_lost_lookups()
        await service.start()
        try:
            yield
        finally:
            await service.stop()

    return lifespan

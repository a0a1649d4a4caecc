"""Who may do what: roles asked for at the route, and again in the endpoint where the body decides."""

import re
from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.params import Depends as Dependency
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.routing import BaseRoute

from chassis.keys import FileKeys, RemoteKeys, StaticKeys
from chassis.language import N_
from chassis.refusals import Refusal
from chassis.roles import EXAMPLES, role_asked_by
from chassis.serving import service_of
from chassis.tokens import Access, Caller, IssuerUnavailable, Unauthenticated

__all__ = [
    "PUBLIC",
    "Access",
    "AnyCaller",
    "Caller",
    "CallerDep",
    "FileKeys",
    "Forbidden",
    "RemoteKeys",
    "StaticKeys",
    "Unauthenticated",
    "caller_if_any",
    "may",
    "permissions_of",
    "require",
]

_bearer = HTTPBearer(
    auto_error=False,
    bearerFormat="JWT",
    scheme_name="bearer",
    description=f"A JWT of the platform's OIDC issuer; its claim `roles` lists some of {EXAMPLES}.",
)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]


class Forbidden(Refusal):
    """The caller is known and has none of the roles this takes."""

    slug = "forbidden"
    status = 403
    title = N_("Not allowed")
    detail = N_("This takes one of the roles {roles}.")


async def _caller(request: Request, credentials: Credentials) -> Caller:
    known: Caller | None = getattr(request.state, "caller", None)
    if known is not None:
        return known
    if credentials is None:
        raise Unauthenticated
    caller = await service_of(request).access.caller(credentials.credentials)
    request.state.caller = caller
    return caller


async def caller_if_any(request: Request) -> Caller | None:
    """Who is calling, where a valid token says so: of an endpoint for everybody."""
    try:
        return await _caller(request, await _bearer(request))
    except (Unauthenticated, IssuerUnavailable):
        return None


CallerDep = Annotated[Caller, Depends(_caller)]


async def _any_caller(request: Request, credentials: Credentials) -> Caller | None:
    try:
        return await _caller(request, credentials)
    except (Unauthenticated, IssuerUnavailable):
        return None


AnyCaller = Annotated[Caller | None, Depends(_any_caller)]
"""Whoever calls a public route that says more to some; None where no good token says who it is."""


class Permission:
    """The dependency behind `may`: lets through who has one of the roles, filled in from the path.

    A pattern is a role written out, a role with a {path parameter}, or a kind of role (`society:*`: any society).
    """

    def __init__(self, *patterns: str) -> None:
        self.patterns = patterns

    async def admit(self, request: Request) -> None:
        """Refuses who has none of the roles, by the headers alone."""
        await self(request, await _caller(request, await _bearer(request)))

    async def __call__(self, request: Request, caller: CallerDep) -> None:
        """Refuses who has none of the roles."""
        granted = (self._granting(pattern, request.path_params, caller.roles) for pattern in self.patterns)
        caller.role = next((role for role in granted if role), None)
        if caller.role is None:
            raise Forbidden(roles=[_filled(pattern, request.path_params) for pattern in self.patterns])

    @staticmethod
    def _granting(pattern: str, path: Mapping[str, object], roles: frozenset[str]) -> str | None:
        """The role that a pattern lets in, or None."""
        # Judged before the path is filled in: a path of "*" must not become a wildcard.
        if pattern.endswith(":*"):
            kind = pattern.removesuffix("*")
            return min((role for role in roles if role.startswith(kind) and len(role) > len(kind)), default=None)
        role = _filled(pattern, path)
        return role if role in roles else None


def _filled(pattern: str, path: Mapping[str, object]) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: str(path[name[1]]), pattern)


def may(*patterns: str) -> Dependency:
    """Declares who may use a route: `dependencies=[may("association", "society:{society}")]`.

    Raises:
        ValueError: no role is named, or one that does not exist.
    """
    if not patterns:
        raise ValueError("name at least one role; a route for everybody is PUBLIC")
    for pattern in patterns:
        role_asked_by(pattern)
    dependency: Dependency = Depends(Permission(*patterns))
    return dependency


def _anybody() -> None:
    """Nothing is asked of the caller."""


PUBLIC: Dependency = Depends(_anybody)
"""Declares a route for everybody: `dependencies=[PUBLIC]`."""


def require(caller: Caller, *roles: str) -> None:
    """Refuses a caller who has none of these roles, written out; for what only the body tells.

    Raises:
        Forbidden: so it is.
    """
    role = next((role for role in roles if role in caller.roles), None)
    if role is None:
        raise Forbidden(roles=list(roles))
    caller.role = role


def permissions_asked(route: BaseRoute) -> list[Permission]:
    """What a route asks of its callers; nothing where it is for everybody."""
    declared = [dependency.dependency for dependency in getattr(route, "dependencies", [])]
    return [call for call in declared if isinstance(call, Permission)]


def permissions_of(route: BaseRoute) -> list[tuple[str, ...]]:
    """What a route declares: one tuple of patterns per `may`, an empty tuple for PUBLIC. There must be exactly one."""
    declared = [dependency.dependency for dependency in getattr(route, "dependencies", [])]
    return [call.patterns if isinstance(call, Permission) else () for call in declared if _declares(call)]


def _declares(call: object) -> bool:
    return isinstance(call, Permission) or call is _anybody

"""Who is calling: a bearer token, verified and remembered for half a minute, so that it ends with its key."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import jwt

from chassis.keys import FileKeys, Key, Keys, KeysUnavailable, RemoteKeys, ServicesAndOthers
from chassis.language import N_
from chassis.refusals import Refusal
from chassis.settings import Settings

_REMEMBERED = 4096
_LONGEST_TOKEN = 8192
_LEEWAY_SECONDS = 30
_REMEMBERED_SECONDS = 30.0
_SERVICE_TOKEN_SECONDS = 24 * 3_600


class Unauthenticated(Refusal):
    """Nobody has proved who is calling (RFC 6750 §3)."""

    slug = "unauthenticated"
    status = 401
    title = N_("Sign in first")
    detail = N_("Send a bearer token of this platform's issuer in the Authorization header.")
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": 'Bearer realm="societas"'}


class InvalidToken(Unauthenticated):
    """The token is forged, expired, or meant for somebody else; which of these is not told."""

    slug = "invalid-token"
    title = N_("The token is not valid")
    detail = N_("The token is malformed, expired, or was not issued for this platform. Sign in again.")
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": 'Bearer realm="societas", error="invalid_token"'}


class IssuerUnavailable(Refusal):
    """Tokens cannot be judged because the issuer's keys cannot be fetched."""

    slug = "issuer-unavailable"
    status = 503
    title = N_("Sign-in cannot be checked now")
    detail = N_("The token issuer's keys cannot be fetched. Try again shortly.")
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "10"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What a valid token proves: an opaque subject and the roles the issuer vouches for.

    `account` stands for issuer and subject where it is kept who did something: their SHA-256, in hexadecimal digits.
    """

    subject: str
    roles: frozenset[str]
    account: str


@dataclass(slots=True)
class Caller:
    """Who makes one request. `role` is the role by which it was let in, once somebody has judged that."""

    identity: Identity
    role: str | None = None

    @property
    def subject(self) -> str:
        """The token's subject."""
        return self.identity.subject

    @property
    def roles(self) -> frozenset[str]:
        """The roles the issuer vouches for."""
        return self.identity.roles

    @property
    def account(self) -> str:
        """The opaque id by which what the caller did is kept."""
        return self.identity.account


class Access:
    """Verifies tokens of one issuer for one audience, against the real time of day (never a stepped clock)."""

    def __init__(self, *, issuer: str, audience: str, keys: Keys, roles_claim: str = "roles") -> None:
        """`roles_claim` is a dotted path to the list of roles, e.g. `realm_access.roles`."""
        self.issuer = issuer
        self.audience = audience
        self.keys = keys
        self._roles_path = roles_claim.split(".")
        self._verified: OrderedDict[bytes, tuple[float, Identity]] = OrderedDict()

    @classmethod
    def of(cls, settings: Settings) -> "Access":
        """The verifier a deployment's settings describe.

        Raises:
            ValueError: they do not say where the issuer's keys are.
        """
        return cls(issuer=settings.issuer, audience=settings.audience, keys=_keys_of(settings))

    async def caller(self, token: str) -> Caller:
        """Who this token proves the caller to be.

        Raises:
            InvalidToken: it proves nothing.
            IssuerUnavailable: it cannot be judged now.
        """
        digest = hashlib.sha256(token.encode("utf-8", "replace")).digest()
        expires, identity = self._verified.get(digest, (0.0, None))
        if identity is not None and expires > time.time():
            self._verified.move_to_end(digest)
            return Caller(identity)
        claims, key = await self._claims(token)
        identity = self._identity(claims, key)
        until = min(_ends(claims["exp"]) + _LEEWAY_SECONDS, time.time() + _REMEMBERED_SECONDS)
        self._verified[digest] = (until, identity)
        while len(self._verified) > _REMEMBERED:
            self._verified.popitem(last=False)
        return Caller(identity)

    async def _claims(self, token: str) -> tuple[dict[str, Any], Key]:
        if len(token) > _LONGEST_TOKEN:
            raise InvalidToken
        try:
            key = await self.keys.find(str(jwt.get_unverified_header(token).get("kid", "")))
            if key is None:
                raise InvalidToken
            claims = jwt.decode(
                token,
                key,
                # The key decides its algorithm, never the token.
                algorithms=[key.algorithm_name],
                audience=self.audience,
                issuer=self.issuer,
                leeway=_LEEWAY_SECONDS,
                options={"require": ["iss", "aud", "exp", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise InvalidToken from error
        except KeysUnavailable as error:
            raise IssuerUnavailable from error
        return claims, key

    def _identity(self, claims: Mapping[str, Any], key: Key) -> Identity:
        subject, roles = _subject(claims["sub"]), self._roles(claims)
        if key.service is not None:
            roles = _only(f"service:{key.service}", claims)
        if any(role.startswith("service:") for role in roles) and not _of_a_day(claims):
            raise InvalidToken
        account = hashlib.sha256(f"{self.issuer}\n{subject}".encode()).hexdigest()
        return Identity(subject, roles, account)

    def _roles(self, claims: Mapping[str, Any]) -> frozenset[str]:
        found: Any = claims
        for step in self._roles_path:
            found = found.get(step) if isinstance(found, Mapping) else None
        return frozenset(role for role in found if isinstance(role, str)) if isinstance(found, list) else frozenset()


def _subject(claimed: str) -> str:
    """The subject, which is hashed and stored: it has to be text that can be written."""
    try:
        claimed.encode()
    except UnicodeEncodeError as error:
        raise InvalidToken from error
    return claimed


def _ends(claimed: float) -> float:
    """The second in which the token ends; one beyond all clocks is none that an issuer gives."""
    try:
        return float(claimed)
    except OverflowError as error:
        raise InvalidToken from error


def _only(role: str, claims: Mapping[str, Any]) -> frozenset[str]:
    """The one role that a service's own key vouches for.

    Raises:
        InvalidToken: the token says another.
    """
    if claims.get("roles") != [role]:
        raise InvalidToken
    return frozenset({role})


def _of_a_day(claims: Mapping[str, Any]) -> bool:
    """Whether a token was made for a day at the most."""
    made = claims.get("iat")
    return isinstance(made, int) and _ends(claims["exp"]) - made <= _SERVICE_TOKEN_SECONDS


def _keys_of(settings: Settings) -> Keys:
    if settings.jwks_url and settings.jwks_file:
        return ServicesAndOthers(FileKeys(settings.jwks_file), RemoteKeys(settings.jwks_url))
    if settings.jwks_url:
        return RemoteKeys(settings.jwks_url)
    if settings.jwks_file:
        return FileKeys(settings.jwks_file)
    raise ValueError("set SOCIETAS_JWKS_URL or SOCIETAS_JWKS_FILE: without the issuer's keys no token can be verified")

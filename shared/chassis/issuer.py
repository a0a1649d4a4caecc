"""The embedded token issuer: for the platform that runs in one process and has no other."""

import secrets
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
from fastapi import APIRouter

from chassis.access import PUBLIC
from chassis.signing import SigningKey

KEY_FILE = "issuer-key.pem"


class Issuer:
    """Mints and vouches for tokens with one Ed25519 key (RFC 8037)."""

    def __init__(self, key: SigningKey, *, url: str, audience: str) -> None:
        self._key = key
        self.url = url.rstrip("/")
        self.audience = audience
        self.kid = key.kid

    @classmethod
    def open(cls, data: Path, *, url: str, audience: str = "societas") -> "Issuer":
        """The issuer whose key lives in that directory; it is made the first time, for its owner's eyes only."""
        return cls(SigningKey.open(data / KEY_FILE), url=url, audience=audience)

    def mint(self, subject: str, roles: Iterable[str], lifetime: timedelta) -> str:
        """A signed token that says: this is the subject, with these roles, for so long."""
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": self.audience,
            "sub": subject,
            "roles": sorted(roles),
            "iat": now,
            "exp": now + int(lifetime.total_seconds()),
            "jti": secrets.token_urlsafe(12),
        }
        return jwt.encode(claims, self._key.private, algorithm="EdDSA", headers={"kid": self.kid})

    def lasting(self, token: str, roles: Iterable[str]) -> timedelta:
        """For how long this issuer still vouches for a token with just these roles; no time at all if it never did."""
        try:
            claims = jwt.decode(
                token,
                self._key.private.public_key(),
                algorithms=["EdDSA"],
                audience=self.audience,
                issuer=self.url,
                options={"require": ["exp"]},
            )
        except jwt.PyJWTError:
            return timedelta()
        if claims.get("roles") != sorted(roles):
            return timedelta()
        return timedelta(seconds=claims["exp"] - time.time())

    def jwks(self) -> dict[str, Any]:
        """The public key, as a JWK set."""
        return self._key.jwks()

    def router(self) -> APIRouter:
        """The two documents by which others find the key (OpenID Connect Discovery 1.0 §4)."""
        routes = APIRouter(prefix="/.well-known", tags=["issuer"])

        @routes.get("/openid-configuration", dependencies=[PUBLIC])
        async def openid_configuration() -> dict[str, Any]:
            """Where everything about this issuer is."""
            return {
                "issuer": self.url,
                "jwks_uri": f"{self.url}/.well-known/jwks.json",
                "id_token_signing_alg_values_supported": ["EdDSA"],
                "response_types_supported": ["token"],
                "subject_types_supported": ["public"],
                "claims_supported": ["iss", "aud", "sub", "exp", "iat", "roles"],
            }

        @routes.get("/jwks.json", dependencies=[PUBLIC])
        async def jwks() -> dict[str, Any]:
            """The public key."""
            return self.jwks()

        return routes

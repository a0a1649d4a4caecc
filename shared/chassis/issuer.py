"""The embedded token issuer: for the platform that runs in one process and has no other."""

import hashlib
import json
import os
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from fastapi import APIRouter

from chassis.access import PUBLIC

KEY_FILE = "issuer-key.pem"


class Issuer:
    """Mints and vouches for tokens with one Ed25519 key (RFC 8037)."""

    def __init__(self, key: Ed25519PrivateKey, *, url: str, audience: str) -> None:
        self._key = key
        self.url = url.rstrip("/")
        self.audience = audience
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self._jwk = {"crv": "Ed25519", "kty": "OKP", "x": urlsafe_b64encode(public).rstrip(b"=").decode()}
        # RFC 7638: the key's name is a hash of itself.
        canonical = json.dumps(self._jwk, separators=(",", ":"), sort_keys=True).encode()
        self.kid = urlsafe_b64encode(hashlib.sha256(canonical).digest()).rstrip(b"=").decode()

    @classmethod
    def open(cls, data: Path, *, url: str, audience: str = "societas") -> "Issuer":
        """The issuer whose key lives in that directory; it is made the first time, for its owner's eyes only."""
        path = data / KEY_FILE
        if not path.exists():
            _create(path)
        path.chmod(0o600)
        key = load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError(f"{path} does not hold an Ed25519 key")
        return cls(key, url=url, audience=audience)

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
        return jwt.encode(claims, self._key, algorithm="EdDSA", headers={"kid": self.kid})

    def jwks(self) -> dict[str, Any]:
        """The public key, as a JWK set."""
        return {"keys": [self._jwk | {"kid": self.kid, "use": "sig", "alg": "EdDSA"}]}

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


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)

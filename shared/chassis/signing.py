"""An Ed25519 key of the platform's own: kept in a file, known by its public half, and what is signed with it."""

import hashlib
import json
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from chassis.keys import SERVICE, parse_keys

_jws = jwt.PyJWS(algorithms=["EdDSA"])


class UnknownKey(Exception):  # noqa: N818 — a state of affairs
    """None of the keys at hand is the one something was signed with."""


class NotSigned(Exception):  # noqa: N818 — a state of affairs
    """The signature is not of these bytes, or is none."""


class SigningKey:
    """A private key with the name and the public half that others know it by (RFC 8037, RFC 7638)."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self.private = key
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        jwk = {"crv": "Ed25519", "kty": "OKP", "x": _text(public)}
        # RFC 7638: the key's name is a hash of itself.
        canonical = json.dumps(jwk, separators=(",", ":"), sort_keys=True).encode()
        self.kid = _text(hashlib.sha256(canonical).digest())
        self._jwk = jwk | {"kid": self.kid, "use": "sig", "alg": "EdDSA"}

    @classmethod
    def load(cls, path: Path) -> Self:
        """The key in a file.

        Raises:
            TypeError: the file holds another kind of key.
        """
        return cls.of(path.read_bytes(), str(path))

    @classmethod
    def of(cls, pem: bytes, where: str = "what was given") -> Self:
        """The key in a PEM document, which is found at `where`.

        Raises:
            TypeError: it is another kind of key.
        """
        key = load_pem_private_key(pem, password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError(f"{where} does not hold an Ed25519 key")
        return cls(key)

    @classmethod
    def new(cls) -> Self:
        """A key that nobody had before."""
        return cls(Ed25519PrivateKey.generate())

    def pem(self) -> bytes:
        """The private key as a PEM document."""
        return self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @classmethod
    def open(cls, path: Path) -> Self:
        """The key in a file; it is made the first time, for its owner's eyes only."""
        if not path.exists():
            _create(path)
        path.chmod(0o600)
        return cls.load(path)

    def jwks(self) -> dict[str, Any]:
        """The public key, as a JWK set."""
        return {"keys": [self._jwk]}

    def jwk_of(self, service: str) -> dict[str, Any]:
        """The public key in a set of others, as the own one of a service: it vouches for that service alone."""
        return self._jwk | {SERVICE: service}

    def sign(self, content: bytes) -> str:
        """A detached signature (RFC 7515 appendix F, RFC 7797) that names the key."""
        return _jws.encode(
            content, self.private, algorithm="EdDSA", headers={"kid": self.kid}, is_payload_detached=True
        )


def verify(content: bytes, signature: str, jwks: Mapping[str, Any]) -> str:
    """The name of the key with which exactly these bytes were signed.

    Raises:
        UnknownKey: it is not in the set.
        NotSigned: they were not.
    """
    try:
        kid = str(jwt.get_unverified_header(signature).get("kid", ""))
        last = signature.rpartition(".")[2]
        if _text(urlsafe_b64decode(last + "=" * (-len(last) % 4))) != last:
            raise NotSigned  # the same bits can be written in several ways; one of them was signed
        key = parse_keys(jwks).get(kid)
        if key is None:
            raise UnknownKey(kid)
        _jws.decode(signature, key, algorithms=["EdDSA"], detached_payload=content)
    except (jwt.PyJWTError, ValueError) as error:
        raise NotSigned from error
    return kid


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(SigningKey.new().pem())
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)

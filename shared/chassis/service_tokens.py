"""How a service proves to the others which one it is: by a token a day long, signed with a key of its own."""

import time
from collections.abc import Iterator
from datetime import timedelta

import httpx2

from chassis.issuer import Issuer
from chassis.settings import Settings
from chassis.signing import SigningKey

LASTS = timedelta(days=1)


class ServiceTokens(httpx2.Auth):
    """The credentials of one service: minted when they are needed, anew in the second half of their day.

    A service without a key has the token it was given.
    """

    def __init__(self, service: str, settings: Settings) -> None:
        """`service` is the role the tokens say; the others know it by the public half of its key."""
        self._service = service
        self._token = settings.service_token.get_secret_value() if settings.service_token else ""
        self._renewed_after = float("inf")
        self._issuer: Issuer | None = None
        if settings.service_key is not None:
            key = SigningKey.of(settings.service_key.get_secret_value().encode())
            self._issuer = Issuer(key, url=settings.issuer, audience=settings.audience)
            # Of another issuer the address is taken as it is written.
            self._issuer.url = settings.issuer
            self._renewed_after = float("-inf")

    @property
    def token(self) -> str:
        """A token that is good for half a day at least."""
        if self._issuer is not None and time.time() > self._renewed_after:
            self._token = self._issuer.mint(self._service, [f"service:{self._service}"], LASTS)
            self._renewed_after = time.time() + LASTS.total_seconds() / 2
        return self._token

    def auth_flow(self, request: httpx2.Request) -> Iterator[httpx2.Request]:  # type: ignore[override]
        """Lays the token into a request."""
        request.headers["Authorization"] = f"Bearer {self.token}"
        yield request

"""What every answer of the portal tells the browser: load nothing from elsewhere, be framed by nobody."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_FOR_EVER = "public, max-age=31536000, immutable"


class Guard:
    """ASGI middleware: the security headers, and how long a static file may be kept.

    A static file asked for by the fingerprint of its content never changes; asked for by name alone it may.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 — ASGI
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        fingerprinted = scope["path"].startswith("/static/") and scope["query_string"].startswith(b"v=")

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_ALWAYS)
                if fingerprinted and message["status"] == 200:  # noqa: PLR2004 — what everyone calls it
                    headers["Cache-Control"] = _FOR_EVER
            await send(message)

        await self.app(scope, receive, guarded)

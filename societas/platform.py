"""A running platform as the command line sees it: HTTP, a token, and answers that are problems when refused."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from chassis.language import N_, Language
from chassis.refusals import Refusal

if TYPE_CHECKING:
    import httpx2

RECORD_KEEPERS = ("membership", "events", "federation", "evaluation")
ADMIN_TOKEN = "admin.token"  # noqa: S105 — the name of a file
LONGEST_PAGE = 500
_SECONDS = 600.0


class PlatformSilent(Refusal):
    """Nobody answers at the platform's address."""

    slug = "platform-silent"
    title = N_("The platform does not answer")
    detail = N_("Nothing answers at {url} ({reason}). Start it with `societas up`, or say where it is with --url.")


class Refused(Exception):  # noqa: N818 — an answer, not a fault of the program
    """The platform refused; carries its problem document (RFC 9457)."""

    def __init__(self, problem: Mapping[str, Any], request: str) -> None:
        """`request` is the method and address that was refused."""
        self.problem = problem
        self.request = request
        super().__init__(f"{request}: {problem.get('status')} {problem.get('title')}: {problem.get('detail')}")

    @property
    def type(self) -> str:
        """The stable name of the kind of problem."""
        return str(self.problem.get("type", "about:blank"))


class Platform:
    """Speaks to the services of a platform; raises Refused and PlatformSilent."""

    def __init__(self, url: str, token: str | None, language: Language) -> None:
        """`url` is the platform's root; without a token only what is public can be asked."""
        import httpx2  # noqa: PLC0415 — the command line starts without it

        self.url = url.rstrip("/")
        self.language: Language = language
        headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {token}"} if token else {})
        self._http = httpx2.Client(base_url=self.url, headers=headers, timeout=_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def get(self, path: str, **query: object) -> Any:
        """What is at a path, as JSON; queries that are None are left out."""
        return self.ask("GET", path, query=query).json()

    def every(self, path: str, **query: object) -> Iterator[dict[str, Any]]:
        """Every item of a list, page after page."""
        after = None
        while True:
            page = self.get(path, **query, after=after, limit=LONGEST_PAGE)
            yield from page["items"]
            if (after := page["next"]) is None:
                return

    def post(self, path: str, body: Any = None, **query: object) -> Any:
        """What comes of posting JSON to a path."""
        return self.ask("POST", path, query=query, json=body).json()

    def ask(
        self, method: str, path: str, *, query: Mapping[str, object] | None = None, **rest: Any
    ) -> "httpx2.Response":
        """The response to any request, when it is a good one."""
        asked = {
            name: list(map(str, value)) if isinstance(value, list) else str(value)
            for name, value in (query or {}).items()
            if value is not None
        }
        with self._hearing():
            return checked(self._http.request(method, path, params=asked, **rest))

    @contextmanager
    def stream(self, path: str, **query: str | int) -> Iterator["httpx2.Response"]:
        """A response whose lines come while it lasts."""
        with self._hearing(), self._http.stream("GET", path, params=query, timeout=None) as response:
            if response.is_error:
                response.read()
            yield checked(response)

    @contextmanager
    def _hearing(self) -> Iterator[None]:
        import httpx2  # noqa: PLC0415 — the command line starts without it

        try:
            yield
        except httpx2.TransportError as error:
            raise PlatformSilent(field="url", value=self.url, url=self.url, reason=type(error).__name__) from error


def checked(response: "httpx2.Response") -> "httpx2.Response":
    """The response itself, when it is a good one; raises Refused with the problem it carries."""
    if response.is_success:
        return response
    request = f"{response.request.method} {response.request.url}"
    try:
        problem = response.json()
    except ValueError:
        problem = None
    if not isinstance(problem, dict) or "detail" not in problem:
        problem = {"title": response.reason_phrase, "detail": response.text[:500]}
    raise Refused({"status": response.status_code} | problem, request)


def shown_fault(fault: Mapping[str, Any]) -> str:
    """One fault in a line: where it is, what would be right, and what was there instead."""
    place = " ".join(str(fault[name]) for name in ("line", "field") if fault.get(name) not in {None, ""})
    said = f" ({fault['value']!r})" if "value" in fault else ""
    return f"{place}: {fault['message']}{said}"


def token_for(data: Path | None, token: str | None) -> str | None:
    """The token given, or that of SOCIETAS_TOKEN, or the administrator's of a data directory on this machine."""
    if token or (token := os.environ.get("SOCIETAS_TOKEN")) or data is None:
        return token
    try:
        return (data / ADMIN_TOKEN).read_text().strip() or None
    except OSError:
        return None

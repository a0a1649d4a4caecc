"""Pages as they were printed last: for whoever asks before anything has changed, or while evaluation is away."""

from typing import NamedTuple


class Page(NamedTuple):
    """A page in UTF-8, the tag that evaluation gave what it shows, and the instant at which it was up to date."""

    tag: str
    html: bytes
    at: str = ""


_NONE = Page("", b"")


class Printed:
    """The pages printed last, each by its address, as many as fit; what has neither tag nor time is not kept."""

    def __init__(self, most_bytes: int) -> None:
        """`most_bytes` is what the pages may take with their addresses."""
        self.bytes = 0
        self._most = most_bytes
        self._pages: dict[str, Page] = {}

    def find(self, address: str) -> Page:
        """The page at this address as it was printed last; one without a tag if there is none."""
        return self._pages.get(address, _NONE)

    def keep(self, address: str, tag: str, html: str, at: str = "") -> bytes:
        """Keeps a page in the place of the one before it; returns it in UTF-8."""
        page = Page(tag, html.encode(), at)
        self._drop(address)
        if tag or at:
            self._pages[address] = page
            self.bytes += _size(address, page)
        while self.bytes > self._most:
            self._drop(next(iter(self._pages)))
        return page.html

    def confirm(self, address: str, at: str) -> None:
        """Notes that the page at an address is still up to date."""
        if address in self._pages:
            self._pages[address] = self._pages[address]._replace(at=at)

    def _drop(self, address: str) -> None:
        page = self._pages.pop(address, None)
        if page is not None:
            self.bytes -= _size(address, page)


def _size(address: str, page: Page) -> int:
    return len(address) + len(page.tag) + len(page.html)

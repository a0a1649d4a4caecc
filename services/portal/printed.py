"""Pages as they were printed last, for whoever asks before anything has changed."""

from typing import NamedTuple

_KEPT = 128


class Page(NamedTuple):
    """A page in UTF-8, and the tag that evaluation gave what it shows."""

    tag: str
    html: bytes


_NONE = Page("", b"")


class Printed:
    """The pages printed last, each by its address; of what has no tag none is kept."""

    def __init__(self) -> None:
        self._pages: dict[str, Page] = {}

    def find(self, address: str) -> Page:
        """The page at this address as it was printed last; one without a tag if there is none."""
        return self._pages.get(address, _NONE)

    def keep(self, address: str, tag: str, html: str) -> bytes:
        """Keeps a page in the place of the one before it; returns it in UTF-8."""
        page = Page(tag, html.encode())
        self._pages.pop(address, None)
        if tag:
            self._pages[address] = page
        if len(self._pages) > _KEPT:
            del self._pages[next(iter(self._pages))]
        return page.html

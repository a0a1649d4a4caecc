"""Long lists, a page at a time: each page says where the next one begins."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from chassis.language import N_
from chassis.refusals import Refusal

LONGEST_PAGE = 500
_MOST = 2**63 - 1
Key = tuple[str | int, ...]
T = TypeVar("T")


class MalformedCursor(Refusal):
    """The cursor is none that this list gave."""

    slug = "malformed-cursor"
    title = N_("The cursor is not valid")
    detail = N_("Send as `after` what the page before gave as `next`, unchanged, or leave it out.")


class Page(BaseModel, Generic[T]):
    """A part of a list, in a stable order."""

    items: list[T]
    next: str | None = Field(default=None, description="Send this as `after` for the next page; null on the last one")


class PageWanted:
    """The part of a list that is asked for: what follows a cursor, at most `limit` items."""

    def __init__(self, after: str | None, limit: int) -> None:
        self.after = after
        self.limit = limit

    @property
    def text(self) -> str | None:
        """The last key of the page before, where a key is one text."""
        key = self.key(str)
        return str(key[0]) if key else None

    def key(self, *kinds: type[str] | type[int]) -> Key | None:
        """The last key of the page before, of the kinds this list has; None for the first page.

        Raises:
            MalformedCursor: the cursor holds something else.
        """
        if self.after is None:
            return None
        parts = _opened(self.after)
        if len(parts) != len(kinds) or not all(_is(part, kind) for part, kind in zip(parts, kinds, strict=True)):
            raise MalformedCursor(field="after", value=self.after)
        return tuple(parts)

    def page(self, items: Sequence[T], key: Callable[[T], Key]) -> Page[T]:
        """The page made of `limit` + 1 items that were looked up; the last one only tells that there are more."""
        shown = list(items[: self.limit])
        more = len(items) > self.limit
        return Page(items=shown, next=cursor(key(shown[-1])) if more else None)


def cursor(key: Key) -> str:
    """A key as an opaque text."""
    return urlsafe_b64encode(json.dumps(key, separators=(",", ":"), ensure_ascii=False).encode()).rstrip(b"=").decode()


def _opened(text: str) -> list[str | int]:
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        parts = json.loads(urlsafe_b64decode(padded))
    except (ValueError, RecursionError):
        parts = None
    if not isinstance(parts, list):
        raise MalformedCursor(field="after", value=text)
    return parts


def _is(part: object, kind: type[str] | type[int]) -> bool:
    """Whether a part is of its kind, and something a database can compare with."""
    if type(part) is not kind:
        return False
    if isinstance(part, int):
        return -_MOST <= part <= _MOST
    return "\0" not in str(part) and not any("\ud800" <= character <= "\udfff" for character in str(part))


async def _paging(
    after: Annotated[str | None, Query(max_length=1000, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE, description="Items per page")] = 50,
) -> PageWanted:
    return PageWanted(after, limit)


Paging = Annotated[PageWanted, Depends(_paging)]

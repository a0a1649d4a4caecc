"""A body too large to be held as it comes: taken in piece by piece, line by line, and put away compressed."""

import gzip
import hashlib
import io
from collections.abc import AsyncIterator, Iterator

from fastapi import Request

from chassis.language import N_
from chassis.refusals import Refusal

LONGEST_LINE = 1024 * 1024
_FASTEST = 1


class Parcel:
    """Lines that came, put away with their numbers until it is known that all are wanted; a tenth of JSON's size."""

    def __init__(self) -> None:
        self._kept = io.BytesIO()
        self._packing = gzip.GzipFile(fileobj=self._kept, mode="wb", compresslevel=_FASTEST)

    def put(self, number: int, line: bytes) -> None:
        """Puts one line away, without its end."""
        self._packing.write(b"%d %b\n" % (number, line))

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """The lines with their numbers, in their order; nothing is put away after that."""
        self._packing.close()
        self._kept.seek(0)
        with gzip.GzipFile(fileobj=self._kept) as packed:
            for one in packed:
                number, _, line = one.rstrip(b"\n").partition(b" ")
                yield int(number), line


class LineTooLong(Refusal):
    """A line of a body never ends."""

    slug = "line-too-long"
    status = 413
    title = N_("A line is too long")
    detail = N_("Line {value} is longer than {longest} bytes; a line is one event.")


async def lines(request: Request) -> AsyncIterator[tuple[int, bytes]]:
    """Each line of a body that is not empty, with its number from 1, while it comes; raises LineTooLong."""
    number, rest, digest = 0, b"", hashlib.sha256()
    async for piece in request.stream():
        digest.update(piece)
        *whole, rest = (rest + piece).split(b"\n")
        if len(rest) > LONGEST_LINE:
            raise LineTooLong(field="line", value=number + len(whole) + 1, longest=LONGEST_LINE)
        for line in whole:
            number += 1
            if line.strip():
                yield number, line
    if rest.strip():
        yield number + 1, rest
    request.state.digest = digest.hexdigest()

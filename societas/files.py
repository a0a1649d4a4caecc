"""Files named on the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from chassis.language import N_
from chassis.refusals import Refusal


class FileUnreadable(Refusal):
    """A file named on the command line cannot be read."""

    slug = "file-unreadable"
    title = N_("The file cannot be read")
    detail = N_("{value} cannot be read ({reason}).")


class FileNotWritable(Refusal):
    """A file named on the command line cannot be written."""

    slug = "file-not-writable"
    title = N_("The file cannot be written")
    detail = N_("{value} cannot be written ({reason}).")


class NotUtf8(Refusal):
    """A text file is in another encoding."""

    slug = "not-utf-8"
    title = N_("The file cannot be read")
    detail = N_("{value} is not a text in UTF-8; save it in that encoding.")


def read_text(file: Path) -> str:
    """The text of a file; raises FileUnreadable, NotUtf8."""
    try:
        return read_bytes(file).decode()
    except UnicodeDecodeError as error:
        raise NotUtf8(field="file", value=file) from error


def read_bytes(file: Path) -> bytes:
    """The bytes of a file; raises FileUnreadable."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise FileUnreadable(field="file", value=file, reason=error.strerror) from error


@contextmanager
def writable(file: Path) -> Iterator[TextIO]:
    """A file to write into; raises FileNotWritable, when it is opened or while it is written."""
    try:
        with file.open("w", encoding="utf-8") as out:
            yield out
    except OSError as error:
        raise FileNotWritable(field="output", value=file, reason=error.strerror or str(error)) from error

"""Files named on the command line."""

import errno
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from chassis.language import N_, Phrase
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


_REASONS: Mapping[int | None, Phrase] = {
    errno.ENOENT: N_("there is no such file"),
    errno.EISDIR: N_("it is a directory"),
    errno.ENOTDIR: N_("a part of the path is no directory"),
    errno.EACCES: N_("access is not allowed"),
    errno.EPERM: N_("access is not allowed"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENAMETOOLONG: N_("its name is too long"),
}


def reason(error: OSError) -> Phrase:
    """Why a file could not be read or written, in a text that has its Chinese: the system speaks English alone."""
    return _REASONS.get(error.errno, N_("the system refuses it"))


def read_text(file: Path) -> str:
    """The text of a file, of standard input for `-`; raises FileUnreadable, NotUtf8."""
    try:
        return read_bytes(file).decode()
    except UnicodeDecodeError as error:
        raise NotUtf8(field="file", value=file) from error


def read_bytes(file: Path) -> bytes:
    """The bytes of a file, of standard input for `-`; raises FileUnreadable."""
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise FileUnreadable(field="file", value=file, reason=reason(error)) from error


@contextmanager
def writable(file: Path) -> Iterator[TextIO]:
    """A file to write into, standard output for `-`; raises FileNotWritable, on opening or while it is written."""
    if str(file) == "-":
        yield sys.stdout
        return
    try:
        with file.open("w", encoding="utf-8") as out:
            yield out
    except OSError as error:
        raise FileNotWritable(field="output", value=file, reason=reason(error)) from error

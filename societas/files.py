"""Files named on the command line."""

from pathlib import Path

from chassis.language import N_
from chassis.refusals import Refusal


class FileUnreadable(Refusal):
    """A file named on the command line cannot be read."""

    slug = "file-unreadable"
    title = N_("The file cannot be read")
    detail = N_("{value} cannot be read ({reason}).")


def read_text(file: Path) -> str:
    """The text of a file; raises FileUnreadable."""
    try:
        return read_bytes(file).decode()
    except UnicodeDecodeError as error:
        raise FileUnreadable(field="file", value=file, reason="UTF-8") from error


def read_bytes(file: Path) -> bytes:
    """The bytes of a file; raises FileUnreadable."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise FileUnreadable(field="file", value=file, reason=error.strerror) from error

"""How the bytes of a file of lines are written: UTF-8, with or without a byte order mark; what else it may be."""

import codecs

from chassis.language import N_, Phrase

LOOK = 4
"""So many bytes from the beginning tell."""

_GZIP = N_("The file is packed with gzip; unpack it first, for example with gunzip.")
_ZIP = N_("The file is a ZIP archive or a workbook; take out the file of events first.")
_UTF_16 = N_("The file is in UTF-16; save it in UTF-8.")
_UTF_32 = N_("The file is in UTF-32; save it in UTF-8.")
# UTF-32 first: its mark begins like that of UTF-16.
_BEGINNINGS: tuple[tuple[bytes, Phrase], ...] = (
    (b"\x1f\x8b", _GZIP),
    (b"PK\x03\x04", _ZIP),
    (codecs.BOM_UTF32_LE, _UTF_32),
    (codecs.BOM_UTF32_BE, _UTF_32),
    (codecs.BOM_UTF16_LE, _UTF_16),
    (codecs.BOM_UTF16_BE, _UTF_16),
)


def not_utf_8(beginning: bytes) -> Phrase | None:
    """What a file is, by its first four bytes, where it is no text in UTF-8; None if it may be one."""
    known = next((said for mark, said in _BEGINNINGS if beginning.startswith(mark)), None)
    if known is not None:
        return known
    head = beginning[:LOOK]
    # No JSON text has a NUL; two characters of Latin script have one each in UTF-16 without a mark.
    return _UTF_16 if head.count(0) == LOOK // 2 else _UTF_32 if head.count(0) == LOOK - 1 else None


def without_mark(first_line: bytes) -> bytes:
    """The first line of a file without the byte order mark that some tools write (RFC 8259 §8.1)."""
    return first_line.removeprefix(codecs.BOM_UTF8)

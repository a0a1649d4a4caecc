"""Text as it comes in: Unicode's one spelling of a sign, and nothing that no text file can hold."""

import json
import re
import unicodedata
from typing import Any

from fastapi import Request

from chassis.language import N_
from chassis.refusals import Refusal

_ESCAPE = b"\\u"
_SURROGATE = re.compile("[\ud800-\udfff]")
_RADICALS = re.compile("[\u2e80-\u2fdf]")
"""Radicals are drawn like characters and are none; they come from PDF files in place of them."""


class LoneSurrogate(Refusal):
    """A text holds half of a character: what is left of text that was mangled on its way."""

    slug = "lone-surrogate"
    title = N_("The text is damaged")
    detail = N_("The text of {field} holds half of a character. Write it again, in UTF-8.")


def normalised(text: str) -> str:
    """The text in Unicode's normal form C, radicals replaced by the characters that they stand for."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text))


async def normalise_body(request: Request) -> None:
    """Has the request's JSON body read with every text normalised.

    Raises:
        LoneSurrogate: a text or a name in it holds half of a character.
    """
    body = await request.body()
    if body.isascii() and _ESCAPE not in body:
        return
    try:
        document = _normalised(json.loads(body), "")
    except (ValueError, RecursionError):
        return  # whoever reads the body says that it is no JSON
    # What `Request.json` gives to whoever asks for it from now on.
    request._json = document  # noqa: SLF001


def _normalised(value: Any, path: str) -> Any:
    if isinstance(value, str):
        if _SURROGATE.search(value):
            raise LoneSurrogate(field=path or "body", value=value)
        return normalised(value)
    if isinstance(value, list):
        return [_normalised(one, f"{path}.{place}" if path else str(place)) for place, one in enumerate(value)]
    if isinstance(value, dict):
        return {_normalised(name, path): _normalised(one, f"{path}.{name}" if path else name)
                for name, one in value.items()}  # fmt: skip
    return value

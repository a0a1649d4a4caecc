"""Signed explanations: a derivation and a detached signature over its bytes, in one file that nobody can alter."""

import json
from codecs import BOM_UTF8
from collections.abc import Mapping
from typing import Any, NamedTuple

from chassis import signing
from chassis.language import N_
from services.evaluation.domain import Sentence
from services.evaluation.domain.derivation import NoDerivation, canonical, faults

_SHAPE = N_("This is not a signed explanation: a part of it is missing, added, or stands there twice")
_UNSIGNED = N_("The signature does not match the document")


class Verdict(NamedTuple):
    """The result of checking a file: what does not match, the key, how many events are enclosed, and the rating.

    `as_written` is False where the file is spelt otherwise than by the platform: with other line ends or indents, say.
    """

    faults: list[Sentence]
    key: str | None = None
    events: int = 0
    rating: Mapping[str, Any] | None = None
    as_written: bool = True


def seal(document: Mapping[str, Any], key: signing.SigningKey) -> bytes:
    """The file: document and signature, in the one way it can be written."""
    return canonical({"document": document, "signature": key.sign(canonical(document))}) + b"\n"


def check(raw: bytes, jwks: Mapping[str, Any]) -> Verdict:
    """Checks the signature, the digests, and works the rating out again from what is enclosed.

    Raises:
        chassis.signing.UnknownKey: the key it names is not among those given.
    """
    try:
        file = json.loads(raw.removeprefix(BOM_UTF8), object_pairs_hook=_named_once)
        document, signature = file["document"], file["signature"]
        if set(file) != {"document", "signature"}:
            return Verdict([Sentence.of(_SHAPE)])
        wrong = faults(document)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, NoDerivation):
        return Verdict([Sentence.of(_SHAPE)])
    try:
        kid = signing.verify(canonical(document), str(signature), jwks)
    except signing.NotSigned:
        return Verdict([*wrong, Sentence.of(_UNSIGNED)])
    events = sum(name.startswith("societas:event/") for name in document["entity"])
    as_written = canonical(file) + b"\n" == raw
    return Verdict(wrong, kid, events, document["entity"]["societas:rating"], as_written)


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found

"""Signed explanations: a derivation and a detached signature over its bytes, in one file that nobody can alter."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from chassis import signing
from chassis.language import N_
from services.evaluation.domain import Sentence
from services.evaluation.domain.derivation import NoDerivation, canonical, faults

_SHAPE = N_("This is not a signed explanation as the platform writes it: something in its form was changed")
_UNSIGNED = N_("The signature does not match the document")


class Verdict(NamedTuple):
    """What became of checking a file: the key, how many events are enclosed, the rating, and what does not match."""

    faults: list[Sentence]
    key: str | None = None
    events: int = 0
    rating: Mapping[str, Any] | None = None


def seal(document: Mapping[str, Any], key: signing.SigningKey) -> bytes:
    """The file: document and signature, in the one way it can be written."""
    return canonical({"document": document, "signature": key.sign(canonical(document))}) + b"\n"


def check(raw: bytes, jwks: Mapping[str, Any]) -> Verdict:
    """Checks the signature, the digests, and works the rating out again from what is enclosed.

    Raises:
        chassis.signing.UnknownKey: the key it names is not among those given.
    """
    try:
        file = json.loads(raw)
        document, signature = file["document"], file["signature"]
        if canonical(file) + b"\n" != raw or set(file) != {"document", "signature"}:
            return Verdict([Sentence.of(_SHAPE)])
        wrong = faults(document)
    except (ValueError, KeyError, TypeError, AttributeError, NoDerivation):
        return Verdict([Sentence.of(_SHAPE)])
    try:
        kid = signing.verify(canonical(document), str(signature), jwks)
    except signing.NotSigned:
        return Verdict([*wrong, Sentence.of(_UNSIGNED)])
    events = sum(name.startswith("societas:event/") for name in document["entity"])
    return Verdict(wrong, kid, events, document["entity"]["societas:rating"])

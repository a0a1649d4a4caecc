"""A signed explanation: whole, or refused by name; worked out again from what is enclosed."""

import json
from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.signing import SigningKey, UnknownKey
from services.evaluation.domain import Fact, decimal_text, rate_history
from services.evaluation.domain.derivation import Terms, canonical, derive
from services.evaluation.sealing import check, seal
from tests.unit.evaluation.histories import (
    SOCIETY,
    TODAY,
    activity,
    admitted,
    elected,
    histories,
    hubei,
    meeting,
    registered,
    withdrawn,
)

KEY = SigningKey(Ed25519PrivateKey.generate())
TERMS = Terms(SOCIETY, TODAY, None, "2018-07-02T00:00:00.000000Z")
HELD = meeting()
FACTS = [registered(), elected(), admitted(number=310), HELD, withdrawn(HELD), activity(kind="lecture")]


def sealed(facts: Sequence[Fact] = FACTS, terms: Terms = TERMS) -> bytes:
    return seal(derive(list(facts), hubei(), terms), KEY)


def forged(change: Any) -> bytes:
    """A file altered by somebody who knows how to write it, and signs it with a key of that name's own."""
    file = json.loads(sealed())
    change(file["document"]["entity"])
    return canonical(file) + b"\n"


def resealed(change: Any) -> bytes:
    document = json.loads(sealed())["document"]
    change(document["entity"])
    return seal(document, KEY)


@settings(max_examples=30)
@given(histories(), st.booleans())
def test_what_was_signed_is_genuine_and_is_the_rating(facts: Sequence[Fact], then: bool) -> None:
    terms = TERMS._replace(known_at="2018-01-01T00:00:00.000000Z" if then else None)
    verdict = check(sealed(facts, terms), KEY.jwks())

    assert verdict.faults == []
    assert verdict.key == KEY.kid
    assert verdict.rating is not None
    right = rate_history(facts, hubei(), TODAY, terms.known_at, society=SOCIETY)
    assert verdict.rating["societas:total"] == decimal_text(right.total)


WHOLE = sealed()


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_any_changed_byte_is_refused(place: int, by: int) -> None:
    changed = bytearray(WHOLE)
    changed[place] ^= by

    try:
        verdict = check(bytes(changed), KEY.jwks())
    except UnknownKey:
        return
    if not verdict.faults:
        assert (json.loads(changed), verdict.as_written) == (json.loads(WHOLE), False)
    for fault in verdict.faults:
        assert fault.say("zh") != fault.say("en")


RESPELT = {
    "without its last line end": WHOLE[:-1],
    "with the line ends of Windows": WHOLE.replace(b"\n", b"\r\n"),
    "with a byte order mark": BOM_UTF8 + WHOLE,
    "in UTF-16": WHOLE.decode().encode("utf-16"),
    "indented": json.dumps(json.loads(WHOLE), indent=2).encode(),
    "in ASCII, names in another order": json.dumps(dict(reversed(json.loads(WHOLE).items()))).encode(),
}


@pytest.mark.parametrize("how", RESPELT)
def test_another_spelling_of_the_same_content_is_genuine_and_is_said_to_be_another(how: str) -> None:
    verdict = check(RESPELT[how], KEY.jwks())

    assert (verdict.faults, verdict.key, verdict.as_written) == ([], KEY.kid, False)


PARTS = {
    "nothing": b"",
    "a list": b"[]",
    "no part": b"{}\n",
    "a part too many": WHOLE.replace(b'{"document"', b'{"comment":1,"document"', 1),
    "a part twice": WHOLE.replace(b'{"document"', b'{"document":{},"document"', 1),
    "a name twice, deep inside": WHOLE.replace(
        b'"societas:society":', b'"societas:society":"A-02","societas:society":', 1
    ),
    "brackets without end": b"[" * 900_000,
}


@pytest.mark.parametrize("what", PARTS)
def test_what_has_other_parts_is_none(what: str) -> None:
    (fault,) = check(PARTS[what], KEY.jwks()).faults
    assert fault.say("en").startswith("This is not a signed explanation")


def test_a_changed_event_is_named() -> None:
    name = f"societas:event/{FACTS[2].id}"
    altered = forged(lambda entities: entities[name]["societas:data"].update(count=900))

    said = [fault.say("en") for fault in check(altered, KEY.jwks()).faults]
    assert said[0].startswith(name)
    assert "signature" in said[-1]


def test_a_rating_that_does_not_follow_is_refused_even_when_signed() -> None:
    better = resealed(lambda entities: entities["societas:rating"].update({"societas:total": "99"}))

    (fault,) = check(better, KEY.jwks()).faults
    assert fault.say("en").startswith('entity.societas:rating.societas:total is "99" in the file, but "')


def test_another_policy_text_is_named() -> None:
    altered = forged(lambda entities: entities["societas:policy"].update({"societas:text": "policy: nothing"}))

    assert check(altered, KEY.jwks()).faults[0].say("en").startswith("societas:policy")


def test_a_key_nobody_published_vouches_for_nothing() -> None:
    with pytest.raises(UnknownKey):
        check(WHOLE, SigningKey(Ed25519PrivateKey.generate()).jwks())


def test_every_point_is_derived_from_its_events() -> None:
    document = json.loads(WHOLE)["document"]
    made = {(one["prov:generatedEntity"], one["prov:usedEntity"]) for one in document["wasDerivedFrom"].values()}

    assert ("societas:indicator/individual-members", f"societas:event/{FACTS[2].id}") in made
    assert ("societas:rating", "societas:indicator/individual-members") in made
    aside = document["entity"]["societas:indicator/council-meetings"]["societas:set_aside"]
    assert [(one["event"], one["reason"], one["by"]) for one in aside] == [(HELD.id, "withdrawn", FACTS[4].id)]


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first = SigningKey.open(tmp_path / "key.pem")

    assert SigningKey.open(tmp_path / "key.pem").kid == first.kid
    assert (tmp_path / "key.pem").stat().st_mode & 0o777 == 0o600

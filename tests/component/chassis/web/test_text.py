"""Text that comes in is text: no half characters, no signs that nobody sees, one spelling."""

import json
from typing import Annotated, Any

import httpx2
import pytest
from pydantic import StringConstraints, TypeAdapter, ValidationError

from chassis.forms import PRINTABLE, PRINTABLE_LINES
from chassis.text import normalised

JSON = {"Content-Type": "application/json"}
HALVES = {
    "in a value": (r'{"text": "half \ud872"}', "text"),
    "in a name": (r'{"text": "a note", "\udc00": 1}', "body"),
    "deep in a value": (r'{"text": "a note", "kind": {"of": ["x", "\ud872"]}}', "kind.of.1"),
    "in a word of a list": (r'{"text": "a note", "kind": "\udc00"}', "kind"),
    "in an instant": (r'{"text": "a note", "sent_at": "\udc00"}', "sent_at"),
}


@pytest.mark.parametrize("where", HALVES)
async def test_half_a_character_is_refused_by_the_name_of_its_field(clerk: httpx2.AsyncClient, where: str) -> None:
    body, field = HALVES[where]
    answer = await clerk.post("/notes", content=body, headers=JSON)

    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (422, "urn:societas:problem:lone-surrogate")
    assert problem["field"] == field
    assert (await clerk.get("/count")).json() == 0


async def test_both_halves_make_a_character(clerk: httpx2.AsyncClient) -> None:
    assert (await clerk.post("/notes", content=r'{"text": "\ud842\udfb7野家"}', headers=JSON)).status_code == 201
    assert [note["text"] for note in (await clerk.get("/notes")).json()["items"]] == ["𠮷野家"]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("⼯程⼒学学会", "工程力学学会"),
        ("cafe\u0301", "café"),
        ("Ａ－01", "Ａ－01"),
        ("㎡㎡", "㎡㎡"),
        ("喆学", "喆学"),
    ],
)
async def test_a_text_is_kept_in_one_spelling(clerk: httpx2.AsyncClient, sent: str, kept: str) -> None:
    for body in (json.dumps({"text": sent}), json.dumps({"text": sent}, ensure_ascii=False)):
        assert (await clerk.post("/notes", content=body.encode(), headers=JSON)).status_code == 201

    assert {note["text"] for note in (await clerk.get("/notes")).json()["items"]} == {kept}
    assert normalised(kept) == kept


UNSEEN = [
    "\u200b\u200b",
    "\ufeffa",
    "a\u202eb",
    "a\u2066b",
    "a\u009bb",
    "a\ufffeb",
    "a\u2028b",
    "a\u00adb",
    "\u3164",
    "\u2800",
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=PRINTABLE)]
Lines = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=PRINTABLE_LINES)]


@pytest.mark.parametrize("kind", [Line, Lines])
@pytest.mark.parametrize("text", [*UNSEEN, "\u3000", "a\x00b"], ids=ascii)
def test_signs_that_nobody_sees_are_refused(kind: Any, text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(text)


@pytest.mark.parametrize("text", ["中国·力学学会（湖北）", "𠮷野家", "Ⅳ ㎡ ℃ é Ω", "学会\u3000分会", "𬭎𬭳"])
def test_what_people_write_is_taken(text: str) -> None:
    assert TypeAdapter(Line).validate_python(text) == text

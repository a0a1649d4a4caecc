"""Plain records of undertakings and of journals' figures over HTTP."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

from records import types_in
from services.events import records

KINDS = types_in(records)

Form = dict[str, Any]
Said = Callable[[], Awaitable[list[Form]]]

JOURNAL = {
    "society": "A-18",
    "title": "动物学报",
    "issn": "2434-561X",
    "cn": "CN 42-1234/Q",
    "registered_on": "2025-06-28",
}
FIGURES: Form = {
    "year": 2024,
    "impact_factor": "1.2345",
    "others_rate": "0.85",
    "download_increase": 1500,
    "issues_due": 6,
    "issues_online": 6,
    "back_years": 12,
    "in_time": True,
    "own_site": True,
    "free_abstracts": True,
    "free_full_text": False,
    "foreign_editors": 2,
    "measured_on": "2025-05-01",
}
FORMS: dict[str, Form] = {
    "talents": {"programme": "youth-support", "recommended": 3, "young": 3, "recommended_on": "2025-06-01"},
    "awards": {"level": "provincial", "conferred_on": "2025-06-01"},
    "advice": {"level": "provincial", "adopted": True, "submitted_on": "2025-06-01"},
    "bases": {"kind": "science-popularisation", "established_on": "2025-06-01"},
    "standards": {"level": "group", "issued_on": "2025-06-01"},
    "functions": {"function": "evaluation", "undertaken_on": "2025-06-01"},
    "technical-services": {"kind": "poverty-alleviation", "served": 200, "provided_on": "2025-06-01"},
    "exchanges": {"kind": "visit", "participants": 5, "young": 2, "made_on": "2025-06-01"},
    "journal-figures": FIGURES,
    "journal-indexings": {"index": "cscd", "indexed_on": "2025-06-01"},
}


async def form_for(client: httpx2.AsyncClient, path: str) -> Form:
    if not path.startswith("journal-"):
        return FORMS[path]
    return FORMS[path] | {"journal": (await client.post("/journals", json=JOURNAL)).json()["journal"]}


@pytest.mark.parametrize(
    ("path", "changes", "problem"),
    [
        ("talents", {"young": 4}, "part-exceeds-whole"),
        ("exchanges", {"young": 6}, "part-exceeds-whole"),
        ("awards", {"conferred_on": "2025-07-01"}, "in-the-future"),
        ("journal-figures", {"issues_online": 7}, "part-exceeds-whole"),
        ("journal-figures", {"others_rate": "1.01"}, "invalid-request"),
        ("journal-figures", {"impact_factor": 1.5}, "invalid-request"),
    ],
)
async def test_what_cannot_be_is_refused_and_not_told(
    association: httpx2.AsyncClient, said: Said, path: str, changes: Form, problem: str
) -> None:
    form = await form_for(association, path) | {"title": "第一次"}
    before = await said()

    answer = await association.post(f"/societies/A-18/{path}", json=form | changes)

    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:societas:problem:{problem}")
    assert await said() == before


async def test_the_figures_are_of_a_journal_of_this_society(association: httpx2.AsyncClient) -> None:
    form = await form_for(association, "journal-figures") | {"title": "2024"}

    other = await association.post("/societies/A-19/journal-figures", json=form)
    nobody = await association.post("/societies/C-01/awards", json=FORMS["awards"] | {"title": "奖"})

    assert (other.status_code, other.json()["type"]) == (404, "urn:societas:problem:unknown-journal")
    assert (nobody.status_code, nobody.json()["type"]) == (404, "urn:societas:problem:unknown-society")

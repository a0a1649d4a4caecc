"""What records of undertakings and of journals' figures refer to."""

from typing import Any

import httpx2

from records import types_in
from records.record import example_of
from services.events import records

Form = dict[str, Any]

JOURNAL = {
    "society": "A-18",
    "title": "动物学报",
    "issn": "2434-561X",
    "cn": "CN 42-1234/Q",
    "registered_on": "2025-06-28",
}
FORMS = {one.path: example_of(one.record) for one in types_in(records)}


async def test_the_figures_are_of_a_journal_of_this_society(association: httpx2.AsyncClient) -> None:
    journal = (await association.post("/journals", json=JOURNAL)).json()["journal"]
    form = FORMS["journal-figures"] | {"journal": journal}

    other = await association.post("/societies/A-19/journal-figures", json=form)
    nobody = await association.post("/societies/C-01/awards", json=FORMS["awards"])

    assert (other.status_code, other.json()["type"]) == (404, "urn:societas:problem:unknown-journal")
    assert (nobody.status_code, nobody.json()["type"]) == (404, "urn:societas:problem:unknown-society")

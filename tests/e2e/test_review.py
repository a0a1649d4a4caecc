"""The review that the README of evaluation walks through, by exactly its commands, on a running platform."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from services.membership.identifiers import completed
from tests.e2e.stage import Stage

ROOT = Path(__file__).parents[2]
SECTION = (ROOT / "services/evaluation/README.md").read_text(encoding="utf-8").partition("## A review, by commands")[2]
PUBLICITY, HEARING, CLOSING = re.findall(r"^```sh\n(.*?)^```", SECTION, re.MULTILINE | re.DOTALL)
SOCIETIES = {
    "A-18": ("中国动物学会", "science"),
    "B-01": ("中国机械工程学会", "engineering"),
    "D-08": ("中华中医药学会", "medicine"),
}
RECORD = "/api/membership/societies/A-18/credit-record"


def test_the_walk_through_of_the_readme_makes_classes_bind(stage: Stage) -> None:
    for serial, (code, (name, discipline)) in enumerate(SOCIETIES.items()):
        credit = completed(f"51420000{serial:08d}")
        stage.tell(
            "societies", code=code, name=name, credit_code=credit, discipline=discipline, registered_on="1991-06-30"
        )
        stage.tell(f"societies/{code}/party-organisation", form="own", established_on="2000-01-01")
    stage.clock.set(stage.clock.now() + timedelta(minutes=1))

    assert "中国动物学会" in stage.shell(PUBLICITY)
    stage.clock.set(stage.clock.now() + timedelta(days=1))
    meeting = {"organ": "council", "entitled": 60, "present": 50, "held_on": "2025-06-28"}
    missing = stage.tell("societies/A-18/meetings", **meeting)["event"]
    shown = stage.shell(HEARING, EVENT=missing)
    stage.clock.set(stage.clock.now() + timedelta(days=7))
    closed = stage.shell(CLOSING)

    assert "Objection 1: A-18 about A-18 (the whole rating), upheld" in shown
    assert "Objection 2: A-18 about B-01 (Salons for the young), dismissed" in shown
    assert "Dispatch of objection 1 due on 2025-12-17, done on 2025-12-02" in shown
    assert "LATE" not in shown
    assert "the class binds" in closed
    review = stage.read("/api/evaluation/reviews/review-2025")
    assert (review["phase"], review["societies"], [one["outcome"] for one in review["objections"]]) == (
        "sealed",
        3,
        ["upheld", "dismissed"],
    )
    assert "12 documents written to reports." in closed
    assert "The file is whole" in closed
    assert review["chain"] in closed
    _credit_record_follows(stage)
    _the_board_shows_what_binds(stage)


def _credit_record_follows(stage: Stage) -> None:
    """Membership has heard of the class, in its own time; before it was put right, another one was proposed."""
    stage.eventually(lambda: bool(stage.read(RECORD)["current"]))

    record = stage.read(RECORD)
    assert (record["current"]["value"], record["current"]["review"]) == ("support", "review-2025")
    assert [entry["kind"] for entry in record["entries"]] == ["proposal", "class"]
    proposed = stage.read(f"{RECORD}?as_of=2025-12-08")
    assert (proposed["current"], proposed["proposed"]["value"]) == (None, "restructure")


def _the_board_shows_what_binds(stage: Stage) -> None:
    """Beside the provisional class: on the board, in the explanation, on the pages, and not before it was assigned."""
    stage.eventually(lambda: bool(_row(stage, "/api/evaluation/ratings")["binding"]))

    binding = _row(stage, "/api/evaluation/ratings")["binding"]
    assert (binding["class"], binding["review"], binding["since"]) == ("support", "review-2025", "2025-12-09")
    assert stage.read("/api/evaluation/ratings/A-18")["standing"]["binding"] == binding
    assert _row(stage, "/api/evaluation/ratings?as_of=2025-12-01")["binding"] is None
    assert "正式认定" in stage.http.get("/societies/A-18").text
    assert "Binding: Key support by review-2025 since 2025-12-09" in stage.shell("societas explain A-18")
    assert "Key support since 2025-12-09" in stage.shell("societas ratings")


def _row(stage: Stage, path: str) -> dict[str, Any]:
    return next(row for row in stage.read(path)["ratings"] if row["society"] == "A-18")

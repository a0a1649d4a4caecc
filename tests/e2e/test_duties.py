"""`societas duties` on a running platform: what it prints, and what it prints as JSON, as days and records pass."""

import json
import shlex
from datetime import timedelta
from typing import Any

from services.membership.identifiers import completed
from tests.e2e.stage import Stage

REPORT = "work-report-supervisor"


def founded(stage: Stage, code: str, name: str, discipline: str, serial: int) -> None:
    credit = completed(f"51420000{serial:08d}")
    stage.tell("societies", code=code, name=name, credit_code=credit, discipline=discipline, registered_on="1991-06-30")


def owed(stage: Stage, *arguments: str) -> list[dict[str, Any]]:
    """The work reports that `societas duties --json` lists."""
    document = json.loads(stage.shell(shlex.join(["societas", "duties", *arguments, "--json"])))
    return [one for one in document["duties"] if one["clock"] == REPORT]


def test_the_command_lists_what_is_breached_and_what_comes_next_until_it_is_done(stage: Stage) -> None:
    founded(stage, "A-18", "中国动物学会", "science", 1)
    founded(stage, "B-01", "中国机械工程学会", "engineering", 2)
    stage.clock.set(stage.clock.now() + timedelta(minutes=1))
    stage.eventually(lambda: len(owed(stage)) == 4)

    breached, due = owed(stage, "A-18")
    assert (breached["state"], breached["key"], breached["due_on"], breached["days_late"]) == (
        "breached", "2024", "2025-03-31", 245,
    )  # fmt: skip
    assert (due["state"], due["key"], due["due_on"], due["days_left"]) == ("due", "2025", "2026-03-31", 120)
    assert {one["society"] for one in owed(stage)} == {"A-18", "B-01"}
    assert owed(stage, "A-18", "--state", "due", "--within", "119") == []
    assert len(owed(stage, "A-18", "--state", "due", "--within", "120")) == 1
    printed = stage.shell("societas duties A-18 --lang en")
    assert (
        "Yearly work report to the supervisor (2024) [条例第二十八条]  breached since 2025-04-01, 245 days" in printed
    )
    assert "due on 2026-03-31, 120 days left, unless: Send the report" in printed

    stage.tell("societies/A-18/work-reports", year=2024, addressee="supervisor", filed_on="2025-12-01")
    stage.eventually(lambda: bool(owed(stage, "A-18", "--state", "late")))

    (late,) = owed(stage, "A-18", "--state", "late")
    assert (late["key"], late["fulfilled_on"], late["days_late"]) == ("2024", "2025-12-01", 245)
    assert [one["society"] for one in owed(stage, "--state", "breached")] == ["B-01"]
    assert owed(stage, "A-18", "--state", "breached", "--as-of", "2025-11-30")[0]["days_late"] == 244
    assert "没有符合条件的义务。" in stage.shell("societas duties A-18 --state due --within 0 --lang zh 2>&1")

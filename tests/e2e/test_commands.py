"""The commands that record judgements, turn the day and list policies, on a running platform."""

import json
from datetime import timedelta
from typing import Any

from services.evaluation.domain import load_policy
from services.evaluation.shipped import text_of
from services.membership.identifiers import completed
from tests.e2e.stage import Stage

ASSESSOR = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"
RECORD = f"societas assessment record A-18 --item charm --assessor {ASSESSOR} --on 2025-11-30"


HUBEI = f"hubei-2017@{load_policy(text_of('hubei-2017')).version}"


def test_judgements_days_and_policies_have_their_commands(stage: Stage) -> None:
    stage.tell(
        "societies", code="A-18", name="中国动物学会", credit_code=completed("5142000000000001"),
        discipline="science", registered_on="1991-06-30",
    )  # fmt: skip
    stage.eventually(lambda: bool(stage.read("/api/evaluation/ratings")["ratings"]))

    _judgements(stage)
    _days(stage)
    _policies(stage)


def _judgements(stage: Stage) -> None:
    assert "is recorded" in stage.shell(f"{RECORD} --kind expert-percentage --number 82.5")
    told = _json(stage, f"{RECORD} --kind finding --fails")
    before = stage.clock.now()
    stage.clock.set(before + timedelta(hours=1))
    _json(stage, f"societas assessment withdraw A-18 {told['assessment']} --reason 登记有误")

    listed = stage.shell("societas assessment list A-18")
    assert "2025-11-30  charm  expert-percentage: 82.5" in listed
    assert f"2025-11-30  charm  finding: no  ({told['assessment']}), withdrawn on 2025-12-01" in listed
    then = _json(stage, f"societas assessment list A-18 --known-at {before.isoformat()}")["assessments"]
    assert [one["withdrawn_on"] for one in then] == [None, None]
    assert _json(stage, "societas assessment list A-18 --as-of 2025-11-29") == {"assessments": []}
    _judgements_of_a_file(stage)


def _judgements_of_a_file(stage: Stage) -> None:
    head, line = "学会,指标项,记录类型,评审员,评审日期,所评数值", f"A-18,{{}},专家打分,{ASSESSOR},2025-11-30,{{}}"
    good = "\n".join([head, line.format("wit", 70), "", line.format("tact", 71)])
    wrong = "\n".join([head, line.format("grace", 70), "", line.format("poise", 701), line.format("grace", 72)])

    for _ in range(2):
        told = stage.shell(f"printf '%s' '{good}' | societas assessment record --file -")
        assert told == "2 judgements are recorded.\n"
    refused = stage.shell(f"printf '%s' '{wrong}' | societas assessment record --file - 2>&1 || true")
    assert "4 number: Judgement 2, Number judged: 701 is no percentage" in refused
    assert "5 item: Judgement 3, Item: Judgement 1 of the list is of the same society" in refused
    listed = _json(stage, "societas assessment list A-18")["assessments"]
    assert [one["item"] for one in listed] == ["charm", "charm", "wit", "tact"]


def _days(stage: Stage) -> None:
    assert stage.shell("societas calendar show") == "Ratings are as of 2025-12-01.\n"
    stage.clock.set(stage.clock.now() + timedelta(days=1))
    turned = [_json(stage, "societas calendar turn 2025-12-02") for _ in range(2)]

    # The platform may have turned it by itself in between.
    assert (turned[0]["day"], turned[1]) == ("2025-12-02", {"day": "2025-12-02", "turned": False})
    assert stage.shell("societas calendar turn 2025-12-01") == "The calendar stands at 2025-12-02 already.\n"


def _policies(stage: Stage) -> None:
    listed = stage.shell("societas policy list")

    assert HUBEI in listed
    assert next(line for line in listed.splitlines() if line.endswith("in use")).startswith(HUBEI)
    assert _json(stage, "societas policy list")["active"] == {"id": "hubei-2017", "version": HUBEI.partition("@")[2]}


def _json(stage: Stage, command: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(stage.shell(f"{command} --json"))
    return document

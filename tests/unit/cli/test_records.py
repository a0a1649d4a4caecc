import json

from typer.testing import CliRunner, Result

from societas.cli import app


def said(*words: str) -> Result:
    return CliRunner().invoke(app, ["records", *words], env={"LANG": "zh_CN.UTF-8"})


def test_every_record_is_printed_with_its_fields_and_who_may_do_what() -> None:
    found = {one["record"]: one for one in json.loads(said("--json").stdout)["records"]}

    assert len(found) == 27
    vote = found["fee-votes"]
    assert (vote["service"], vote["event"], vote["day"]) == (
        "membership",
        "membership.fee-standard-voted.v1",
        "voted_on",
    )
    assert vote["label"] == {"zh": "会费标准表决", "en": "Vote on the fees"}
    assert [(one["name"], one["label"]["zh"], one["key"], one["private"]) for one in vote["fields"]] == [
        ("title", "名称", True, True),
        ("entitled", "应到人数", False, False),
        ("present", "实到人数", False, False),
        ("in_favour", "赞成人数", False, False),
        ("secret_ballot", "无记名投票", False, False),
        ("voted_on", "表决日期", True, False),
    ]
    assert vote["recorded_by"] == vote["changed_by"] == ["association", "society:{society}"]
    assert found["penalties"]["recorded_by"] == ["association"]
    assert found["work-stages"]["fields"][2]["value"]["enum"] == ["plan", "mid-year", "summary"]


def test_one_record_or_those_of_one_service_are_printed_for_people() -> None:
    assert "会费标准表决" in said("fee-votes").stdout
    assert "Vote on the fees" in said("fee-votes", "--lang", "en").stdout
    assert {one["service"] for one in json.loads(said("--service", "events", "--json").stdout)["records"]} == {"events"}


def test_a_record_that_is_none_is_named_with_those_there_are() -> None:
    answer = said("meetings", "--json")

    assert answer.exit_code == 1
    assert json.loads(answer.stderr)["error"]["value"] == "meetings"
    assert "fee-votes" in answer.stderr

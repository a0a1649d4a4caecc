"""`societas policy` without a platform: files are read, checked and tried on the spot."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from societas.cli import app

SAMPLE = Path("tests/unit/evaluation/slipped.yaml")


def said(*words: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["policy", *words], input=given, env={"LANG": "zh_CN.UTF-8"})


def test_a_directory_is_named_as_one_in_both_languages(tmp_path: Path) -> None:
    result = said("check", str(tmp_path))

    assert result.exit_code == 1
    assert "这是一个目录" in result.stderr
    assert "it is a directory" in result.stderr
    assert "Is a directory" not in result.stderr


def test_a_file_that_is_not_there_is_named_in_chinese(tmp_path: Path) -> None:
    assert "没有这个文件" in said("check", str(tmp_path / "none.yaml")).stderr


def test_a_policy_is_read_from_standard_input() -> None:
    result = said("check", "-", given=SAMPLE.read_bytes())

    assert result.exit_code == 0
    assert "sample" in result.stdout


UNUSED = "  staff:\n    fold: latest\n"
WARNED = SAMPLE.read_text(encoding="utf-8").replace(UNUSED, UNUSED.replace("staff", "spare") + "@" + UNUSED)
WARNED = WARNED.replace(
    "@", "    events: [membership.secretariat-recorded.v1]\n    field: own_office\n    title: {zh: 备, en: spare}\n"
)


def test_a_warning_is_told_apart_and_does_not_fail_the_check() -> None:
    result = said("check", "-", given=WARNED.encode())

    assert result.exit_code == 0
    assert "警告：1条" in result.stdout
    assert "度量 spare 没有被使用" in result.stdout


def test_strictly_a_warning_fails_the_check_as_json_too() -> None:
    document = json.loads(said("check", "-", "--json", "--lang", "en", given=WARNED.encode()).stdout)
    strict = said("check", "-", "--strict", "--json", "--lang", "en", given=WARNED.encode())

    assert (document["valid"], document["errors"]) == (True, [])
    assert [one["path"] for one in document["warnings"]] == ["measures.spare"]
    assert strict.exit_code == 1
    assert json.loads(strict.stdout)["errors"] == document["warnings"]


EXAMPLE = """examples:
  - title: 五场
    as_of: 2026-06-30
    given: {measures: {lectures: 5, members: 1}}
    expected: {indicators: {lectures: %s}}
"""


def test_trying_a_policy_says_what_was_expected_and_what_came() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    right = said("try", "-", given=(text + EXAMPLE % 5).encode())
    wrong = said("try", "-", given=(text + EXAMPLE % 6).encode())

    assert (right.exit_code, wrong.exit_code) == (0, 1)
    assert "✓ 示例1，2026-06-30：五场" in right.stdout
    assert "应得 6，实得 5" in wrong.stdout
    assert "算式" in wrong.stdout


def test_trying_is_told_as_json_too() -> None:
    text = SAMPLE.read_text(encoding="utf-8") + EXAMPLE % 6
    document = json.loads(said("try", "-", "--json", given=text.encode()).stdout)

    assert (document["passed"], document["count"]) == (0, 1)
    (compared,) = document["examples"][0]["compared"]
    assert (compared["path"], compared["expected"], compared["got"]) == ("indicators.lectures", "6", "5")


def test_a_policy_without_examples_is_told_that_nothing_was_tried() -> None:
    result = said("try", str(SAMPLE))

    assert result.exit_code == 1
    assert "没有示例" in result.stdout

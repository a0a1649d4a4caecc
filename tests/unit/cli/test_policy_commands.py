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

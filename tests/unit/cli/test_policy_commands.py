"""`societas policy` without a platform: files are read, checked and tried on the spot."""

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

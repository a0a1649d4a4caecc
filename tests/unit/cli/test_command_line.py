import json
import resource
import subprocess
import sys
from pathlib import Path

import jwt
import pytest
from typer.testing import CliRunner, Result

from chassis.issuer import Issuer
from societas.cli import app

ROOT = Path(__file__).parents[3]
NOBODY = "http://127.0.0.1:9"
COMMANDS = (
    "up", "demo", "ratings", "explain", "replay", "doctor", "log export", "log import", "log tail",
    "dead-letters list", "dead-letters show", "dead-letters redrive", "policy check", "policy show", "policy activate",
    "policy list", "policy file", "assessment record", "assessment withdraw", "assessment list", "calendar show",
    "calendar turn", "token mint",
    *(f"review {step}" for step in (
        "open", "freeze", "publish", "confirm", "assign", "seal", "object", "panel", "recuse", "vote", "decide", "send",
        "report", "revise", "sanction", "list", "show", "results", "notice", "file", "verify",
    )),
)  # fmt: skip


def said(*words: str, **env: str) -> Result:
    return CliRunner().invoke(app, words, env={"LANG": "zh_CN.UTF-8", "SOCIETAS_TOKEN": "", **env})


def _python(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own


def test_help_takes_less_than_a_third_of_a_second() -> None:
    code = "import sys; sys.path[:0] = ['.', 'shared']; from societas.cli import app; app(['--help'])"
    seconds = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert "dead-letters" in _python(code).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    assert min(seconds) < 0.3


def test_help_imports_neither_the_services_nor_what_they_stand_on() -> None:
    code = (
        "import sys; sys.path[:0] = ['.', 'shared']; import societas.cli; "
        "print(sorted({'httpx', 'rich', 'pydantic', 'sqlalchemy', 'fastapi', 'services'} & set(sys.modules)))"
    )
    done = _python(code)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_takes_json(command: str) -> None:
    result = said(*command.split(), "--help")

    assert result.exit_code == 0
    assert "--json" in result.stdout


@pytest.mark.parametrize("words", [["nonsense"], ["demo", "--speed", "fast"], ["demo", "--speed", "0"], ["explain"],
                                   ["demo", "--days", "0"], ["log", "export", "--service", "portal"],
                                   ["token", "mint", "--role", "king"], ["ratings", "--lang", "fr"]])  # fmt: skip
def test_a_usage_error_is_status_two(words: list[str]) -> None:
    assert said(*words).exit_code == 2


def test_a_silent_platform_is_explained_in_chinese_with_the_english_beside() -> None:
    result = said("ratings", "--url", NOBODY)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"Nothing answers at {NOBODY}" in result.stderr


def test_in_english_only_english_is_said() -> None:
    result = said("ratings", "--url", NOBODY, "--lang", "en")

    assert result.stderr.splitlines()[0] == "The platform does not answer"
    assert result.stderr.isascii()


def test_a_failure_under_json_is_json_on_stderr() -> None:
    result = said("replay", "--verify", "--json", "--url", NOBODY)

    assert result.exit_code == 1
    assert json.loads(result.stderr)["error"]["type"] == "urn:societas:problem:platform-silent"


def test_an_import_names_every_bad_line_before_anything_is_sent(tmp_path: Path) -> None:
    file = tmp_path / "bad.ndjson"
    file.write_text('{"id": 1}\n\nnot json\n')
    result = said("log", "import", str(file), "--url", NOBODY, "--lang", "en")

    assert result.exit_code == 1
    assert "2 lines of" in result.stderr
    assert "\n  1: " in result.stderr
    assert "\n  3: " in result.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = said("policy", "check", str(tmp_path / "none.yaml"), "--lang", "en")

    assert result.exit_code == 1
    assert "none.yaml cannot be read" in result.stderr


def test_doctor_names_the_failing_link_in_both_languages(tmp_path: Path) -> None:
    result = said("doctor", "--data", str(tmp_path / "none"), "--url", NOBODY)

    assert result.exit_code == 1
    assert "✗ data" in result.stdout
    assert "Nothing listens on 127.0.0.1:9" in result.stdout


def test_doctor_as_json_has_every_finding(tmp_path: Path) -> None:
    document = json.loads(said("doctor", "--json", "--data", str(tmp_path), "--url", NOBODY).stdout)

    assert document["ok"] is False
    assert {one["link"]: one["ok"] for one in document["checks"]} == {"data": True, "port": False, "bus": False}
    assert all(one["zh"] and one["en"] for one in document["checks"])


def test_a_token_is_minted_with_the_key_of_the_data_directory(tmp_path: Path) -> None:
    issuer = Issuer.open(tmp_path, url="urn:societas:embedded")
    result = said("token", "mint", "--role", "society:A-18", "--role", "auditor", "--data", str(tmp_path), "--json")
    claims = jwt.decode(json.loads(result.stdout)["token"], options={"verify_signature": False}, audience="societas")

    assert claims["roles"] == ["auditor", "society:A-18"]
    assert claims["iss"] == issuer.url


def test_no_token_is_minted_where_no_platform_ever_was(tmp_path: Path) -> None:
    result = said("token", "mint", "--role", "auditor", "--data", str(tmp_path), "--lang", "en")

    assert result.exit_code == 1
    assert "holds no issuer's key" in result.stderr
    assert list(tmp_path.iterdir()) == []

import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import jwt
import pytest
from ports import free_port
from typer.testing import CliRunner, Result

from chassis.issuer import Issuer
from societas.cli import app
from societas.commands.usage import width

ROOT = Path(__file__).parents[3]
NOBODY = "http://127.0.0.1:9"
COMMANDS = (
    "up", "demo", "ratings", "explain", "replay", "records", "doctor", "log export", "log import", "log tail",
    "dead-letters list", "dead-letters show", "dead-letters redrive", "dead-letters close",
    "policy check", "policy try", "policy show", "policy activate",
    "policy list", "policy file", "assessment record", "assessment withdraw", "assessment list", "calendar show",
    "calendar turn", "token mint",
    *(f"review {step}" for step in (
        "open", "freeze", "publish", "confirm", "assign", "seal", "object", "panel", "recuse", "vote", "decide", "send",
        "report", "revise", "sanction", "list", "show", "results", "notice", "file", "verify",
    )),
)  # fmt: skip


def said(*words: str, **env: str) -> Result:
    return CliRunner().invoke(app, words, env={"LANG": "zh_CN.UTF-8", "SOCIETAS_TOKEN": "", **env})


class _NoEvents(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b'{"heads": [], "waiting": 0, "heard": {}}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def a_platform_that_answers() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _NoEvents)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _python(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own


def test_help_imports_neither_the_services_nor_what_they_stand_on() -> None:
    code = (
        "import sys; sys.path[:0] = ['.', 'shared']; import societas.cli; "
        "print(sorted({'httpx2', 'rich', 'pydantic', 'sqlalchemy', 'fastapi', 'services'} & set(sys.modules)))"
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
    assert "\n  1 source: This is required." in result.stderr
    assert "\n  1 id: " in result.stderr
    assert "\n  3 line: " in result.stderr


def test_an_import_under_json_names_every_fault_with_line_field_and_value(tmp_path: Path) -> None:
    file = tmp_path / "bad.ndjson"
    file.write_text('{"id": 1}\n' * 60)
    result = said("log", "import", str(file), "--url", NOBODY, "--json")
    error = json.loads(result.stderr)["error"]

    assert error["type"] == "urn:societas:problem:bad-lines"
    assert (error["field"], error["value"]) == ("file", str(file))
    assert {one["line"] for one in error["errors"]} == set(range(1, 61))
    assert {k: v for k, v in error["errors"][-7].items() if k != "message"} == {"line": 60, "field": "id", "value": 1}


@pytest.mark.parametrize("command", [[], ["log"], ["demo"], ["review"], ["explain"]])
def test_help_is_chinese_first_with_the_english_beside_and_nothing_is_cut(command: list[str]) -> None:
    lines = said(*command, "--help", COLUMNS="80").stdout.splitlines()
    texts = [re.sub(r"^ *([-a-z/<>|, ]+  +)?", "", line) for line in lines]

    assert max(map(width, lines)) <= 80
    assert not any("..." in line for line in lines if "[ARGS]" not in line)
    assert sum(bool(re.search("[\u4e00-\u9fff]", text)) for text in texts) >= 3


@pytest.mark.parametrize(("words", "chinese", "english"), [
    (["nonsense"], "没有命令 nonsense。", "There is no command nonsense."),
    (["doctr"], "是否指 'doctor'？", "Did you mean 'doctor'?"),
    (["explain"], "缺少参数 'SOCIETY'。", "The argument 'SOCIETY' is missing."),
    (["ratings", "--foo"], "没有选项 --foo。", "There is no option --foo."),
    (["ratings", "--lang", "fr"], "'--lang': 此处只能是下列值之一：'zh', 'en'。", "This must be one of: 'zh', 'en'."),
    (["demo", "--days", "0"], "'--days': 此值不得小于 1。", "'--days': This must be 1 or more."),
    (["ratings", "x"], "多余的参数：x", "There are more arguments than it takes: x"),
])  # fmt: skip
def test_a_usage_error_is_said_in_both_languages(words: list[str], chinese: str, english: str) -> None:
    error = said(*words).stderr

    assert chinese in error
    assert english in error
    assert chinese not in said(*words, LANG="en_GB.UTF-8").stderr


@pytest.mark.parametrize("command", ["up", "demo"])
def test_a_taken_port_is_said_in_words_before_anything_is_started(command: str, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        words = (command, "--data", str(tmp_path / "data"), "--port", str(port))
        result, as_json = said(*words), said(*words, "--json")

    assert (result.exit_code, as_json.exit_code) == (1, 1)
    assert f"Port {port} cannot be opened" in result.stderr
    assert f"端口 {port}" in result.stderr
    assert json.loads(as_json.stderr)["error"]["value"] == port
    assert {path.name for path in (tmp_path / "data").iterdir()} == {"lock"}


@pytest.mark.parametrize("command", ["up", "demo"])
def test_a_file_is_no_data_directory_and_that_is_said_in_words(command: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = said(command, "--data", str(tmp_path / "file"), "--lang", "en")

    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_demo_leaves_real_records_alone(tmp_path: Path) -> None:
    (tmp_path / "membership.db").touch()
    result = said("demo", "--data", str(tmp_path), "--port", str(free_port()), "--lang", "en")

    assert result.exit_code == 1
    assert "a demo would mix made-up ones with them" in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"membership.db", "lock"}


def test_a_platform_is_not_started_on_a_demos_records(tmp_path: Path) -> None:
    (tmp_path / "generated").touch()
    result = said("up", "--data", str(tmp_path), "--port", str(free_port()), "--lang", "en")

    assert result.exit_code == 1
    assert f"societas demo --data {tmp_path}" in result.stderr


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_an_output_that_cannot_be_written_is_named(tmp_path: Path, more: list[str]) -> None:
    with a_platform_that_answers() as url:
        result = said("log", "export", "-o", str(tmp_path / "none" / "x"), "--url", url, "--lang", "en", *more)

    assert result.exit_code == 1
    assert "none/x cannot be written" in result.stderr
    assert "Traceback" not in result.stderr


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


@contextmanager
def an_address_that_notes_who_calls() -> Iterator[tuple[str, list[str | None]]]:
    sent: list[str | None] = []

    class Noting(_NoEvents):
        def do_GET(self) -> None:
            sent.append(self.headers["Authorization"])
            super().do_GET()

    server = HTTPServer(("127.0.0.1", 0), Noting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", sent
    server.shutdown()
    server.server_close()


def test_a_stored_token_is_not_sent_to_an_address_it_was_not_minted_for(tmp_path: Path) -> None:
    (tmp_path / "admin.token").write_text("secret")
    with an_address_that_notes_who_calls() as (url, sent):
        said("calendar", "show", "--url", url, "--data", str(tmp_path))
        said("calendar", "show", "--url", url, "--data", str(tmp_path), "--token", "given")

    assert sent == [None, "Bearer given"]


def test_a_data_directory_without_a_platform_is_named_and_nobody_else_asked(tmp_path: Path) -> None:
    result = said("ratings", "--data", str(tmp_path / "none"), "--lang", "en")

    assert result.exit_code == 1
    assert f"Start it with `societas up --data {tmp_path / 'none'}`" in result.stderr


def test_a_signed_file_goes_to_standard_output_and_what_is_checked_comes_from_standard_input() -> None:
    read = CliRunner().invoke(app, ["verify", "-", "--url", NOBODY, "--lang", "en"], input="{}")
    with an_address_that_notes_who_calls() as (url, _):
        written = said("explain", "A-18", "--signed", "-", "--url", url)
        exported = said("log", "export", "-o", "-", "--url", url)

    assert "cannot be read" not in read.stderr
    assert written.stdout == '{"heads": [], "waiting": 0, "heard": {}}'
    assert exported.exit_code == 0
    assert not Path("-").exists()

"""What was known then is answered the same for ever, and a signed file is checked against the running platform."""

import json
from pathlib import Path

from click.testing import Result
from crash_platform import Platform
from typer.testing import CliRunner

from societas.cli import app as command_line

A, B = "/api/membership/societies/A-01", "/api/membership/societies/B-01"
MEETING = {"organ": "council", "entitled": 60, "present": 50, "held_on": "2024-03-15"}
LECTURE = {
    "title": "Lecture",
    "kind": "lecture",
    "level": "provincial",
    "starts_on": "2024-04-01",
    "organisers": [{"society": "A-01", "role": "host"}],
}
HELD = {"held_on": "2024-04-01", "attendance": 80, "papers": 0}
ASKED = ("ratings", "ratings/A-01", "ratings/B-01", "duties", "societies/A-01/duties")


def tell(platform: Platform, path: str, body: object) -> dict[str, str]:
    answer = platform.ask("POST", path, body)
    assert answer.status_code in {200, 201}, answer.text
    told: dict[str, str] = answer.json()
    return told


def members(number: int) -> dict[str, object]:
    return {"kind": "individual", "admitted_on": "2024-03-01", "members": [{}] * number}


def answers(platform: Platform, **query: str) -> dict[str, bytes]:
    return {path: platform.ask("GET", f"/api/evaluation/{path}", params=query).content for path in ASKED}


def last_recorded(platform: Platform) -> str:
    logs = [platform.ask("GET", f"/api/{each}/log", params={"limit": 5000}) for each in ("membership", "events")]
    return max(json.loads(line)["recordedtime"] for log in logs for line in log.content.splitlines())


def lecture(platform: Platform, title: str) -> str:
    activity = tell(platform, "/api/events/activities", LECTURE | {"title": title})["activity"]
    tell(platform, f"/api/events/activities/{activity}/held", HELD)
    return f"/api/events/activities/{activity}"


def test_what_was_known_then_is_the_same_bytes_whatever_is_told_later(settled: Platform) -> None:
    meeting = tell(settled, f"{A}/meetings", MEETING)["meeting"]
    wrong, never = lecture(settled, "Lecture"), lecture(settled, "Another lecture")
    settled.settle()
    day = {"as_of": "2024-06-30"}
    then = day | {"known_at": last_recorded(settled)}
    known, believed = answers(settled, **then), answers(settled, **day)

    tell(settled, f"{B}/members/bulk", members(320))
    tell(settled, f"{A}/meetings/{meeting}/withdrawal", {"reason": "duplicate"})
    tell(settled, f"{wrong}/correction", {"kind": "salon"})
    tell(settled, f"{never}/withdrawal", {"reason": "duplicate"})
    settled.settle()

    assert answers(settled, **then) == known
    later = answers(settled, **day)
    for path in ("ratings", "ratings/A-01", "ratings/B-01"):
        assert later[path] != believed[path], path


def signed(platform: Platform, file: Path, count: int) -> str:
    """A signed explanation in a file; the id of an event in it that tells of so many members."""
    event = tell(platform, f"{B}/members/bulk", members(count))["event"]
    platform.settle()
    run("explain", "B-01", "--signed", str(file), "--data", str(platform.data), platform=platform)
    return event


def run(*words: str, platform: Platform) -> Result:
    return CliRunner().invoke(command_line, [*words, "--url", f"http://127.0.0.1:{platform.port}"])


def test_a_signed_file_is_verified_with_the_key_of_the_running_platform(settled: Platform, tmp_path: Path) -> None:
    file = tmp_path / "B-01.json"
    signed(settled, file, 416)

    verdict = run("verify", str(file), "--json", platform=settled)

    assert verdict.exit_code == 0, verdict.output
    told = settled.ask("GET", "/api/evaluation/ratings/B-01").json()
    assert json.loads(verdict.output)["genuine"] is True
    assert json.loads(verdict.output)["total"] == told["total"]


def test_a_changed_byte_is_named_in_both_languages(settled: Platform, tmp_path: Path) -> None:
    file = tmp_path / "B-01.json"
    event = signed(settled, file, 417)
    file.write_bytes(file.read_bytes().replace(b'"count":417', b'"count":917', 1))

    for lang, altered, unsigned in (
        ("zh", "与存入时不一致", "签名与文件内容不符"),
        ("en", "is not what it was when it was enclosed", "The signature does not match the document"),
    ):
        verdict = run("verify", str(file), "--lang", lang, platform=settled)
        assert verdict.exit_code == 1, verdict.output
        assert f"societas:event/{event}" in verdict.output
        assert altered in verdict.output
        assert unsigned in verdict.output

"""A file of events as the command line reads it, before anything is sent."""

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from chassis import wire
from chassis.correlation import new_traceparent
from chassis.ids import new_id
from contracts.calendar import midnight
from contracts.membership import MemberAdmitted
from contracts.vocabulary import MemberKind
from societas.counting import Counting
from societas.reading import BadLines, read

DAY = date(2025, 3, 1)


def a_line(society: str = "A-18", *, event: str | None = None) -> str:
    told = MemberAdmitted(
        subject=society, happened_at=midnight(DAY), member=new_id(), kind=MemberKind.UNIT, admitted_on=DAY
    )
    id_ = event or new_id()
    return wire.encode(told, id_=id_, recorded_at=midnight(DAY), correlation="c", traceparent=new_traceparent())


@pytest.fixture
def counting() -> Counting:
    return Counting(Console(file=io.StringIO()))


def test_two_lines_with_one_id_and_unlike_content_are_a_fault_by_line(tmp_path: Path, counting: Counting) -> None:
    id_ = new_id()
    first, other = a_line("A-01", event=id_), a_line("A-02", event=id_)
    (file := tmp_path / "two.ndjson").write_text(f"{first}\n{first}\n{other}")

    with pytest.raises(BadLines) as refused:
        read(file, counting)

    assert [(one.line, one.field) for one in refused.value.errors] == [(3, "id")]


def test_a_packed_file_is_named_once_and_not_shown(tmp_path: Path, counting: Counting) -> None:
    (file := tmp_path / "log.gz").write_bytes(b"\x1f\x8b\x08\n\x00\n\x00")

    with pytest.raises(BadLines) as refused:
        read(file, counting)

    assert "gzip" in refused.value.explained("en")
    assert len(refused.value.errors) == 1


def test_a_byte_order_mark_is_passed_over(tmp_path: Path, counting: Counting) -> None:
    (file := tmp_path / "log.ndjson").write_text(a_line(), encoding="utf-8-sig")

    (line,) = read(file, counting)["membership"].lines

    assert json.loads(line)["subject"] == "A-18"


def test_a_hyphen_is_standard_input(monkeypatch: pytest.MonkeyPatch, counting: Counting) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(a_line().encode())))

    assert len(read(Path("-"), counting)["membership"].lines) == 1

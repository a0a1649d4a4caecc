"""A file of judgements is NDJSON or CSV; what is neither is named by its line."""

import pytest
from typer.testing import CliRunner

from chassis.refusals import SeveralFaults
from societas.cli import app
from societas.judgements import NotAJudgement, judgements

SAID = {"society": "A-18", "item": "plan", "kind": "finding", "assessor": "x", "assessed_on": "2025-06-28"}


@pytest.mark.parametrize(
    "text",
    [
        '\n{"society":"A-18","item":"plan","kind":"finding","assessor":"x","assessed_on":"2025-06-28","holds":true}\n\n',
        "\ufeffsociety,item,kind,assessor,assessed_on,holds,word\r\nA-18,plan,finding,x,2025-06-28,TRUE,\r\n,,\r\n",
        "学会,指标项,记录类型,评审员,评审日期,是否达到\nA-18, plan ,评估认定,x,2025-06-28,是\n",
        "Society,Item,Kind of judgement,Assessor,Day of judgement,Whether it holds\nA-18,plan,finding,x,2025-06-28,yes",
    ],
)
def test_every_form_says_the_same(text: str) -> None:
    assert judgements(text) == [(2, SAID | {"holds": True})]


def test_a_word_that_looks_like_yes_stays_a_word() -> None:
    assert judgements("item,word\nplan,yes\n") == [(2, {"item": "plan", "word": "yes"})]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"item":"a"}\n["b"]\n', 'Line 2 is no object of JSON: ["b"]'),
        ('{"item":"a","item":"b"}\n', "Line 1 has the name item twice in one object"),
        ("item,wrod\nplan,good\n", "Line 1: there is no column wrod; there are: society, item, kind"),
        ("item,指标项\nplan,plan\n", "Line 1: the column 指标项 stands twice"),
        ("item,word\nplan,good,plan\n", "Line 2 has more cells than the first line has columns"),
    ],
)
def test_a_line_that_is_none_is_named(text: str, said: str) -> None:
    with pytest.raises(NotAJudgement) as refused:
        judgements(text)

    assert refused.value.explained("en").startswith(said)


def test_all_lines_that_are_none_are_named_at_once() -> None:
    with pytest.raises(SeveralFaults) as refused:
        judgements('{"item":"a"}\n1\n{}\nx\n')

    assert [fault.line for fault in refused.value.errors] == [2, 4]


def test_what_a_file_says_is_not_said_beside_it() -> None:
    words = ["assessment", "record", "--file", "-", "--item", "plan", "--fails"]
    done = CliRunner().invoke(app, words, env={"LANG": "en_GB.UTF-8"})

    assert done.exit_code == 2
    assert "cannot be said beside it: --item, --holds" in " ".join(done.stderr.split())

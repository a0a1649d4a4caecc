"""A file of judgements is NDJSON or CSV; what is neither is told by its line."""

import pytest

from societas.commands.judgements import NotAJudgement, judgements

TOLD = {"society": "A-18", "item": "plan", "kind": "finding", "assessor": "x", "assessed_on": "2025-06-28"}


@pytest.mark.parametrize(
    "text",
    [
        '{"society":"A-18","item":"plan","kind":"finding","assessor":"x","assessed_on":"2025-06-28","holds":true}\n\n',
        "\ufeffsociety,item,kind,assessor,assessed_on,holds,word\r\nA-18,plan,finding,x,2025-06-28,true,\r\n",
    ],
)
def test_both_forms_say_the_same(text: str) -> None:
    assert list(judgements(text)) == [TOLD | {"holds": True}]


def test_a_line_that_is_no_object_is_named() -> None:
    with pytest.raises(NotAJudgement, match="Line 2"):
        list(judgements('{"item":"a"}\n["b"]\n'))

"""Texts are broken where a reader expects it."""

import pytest

from services.evaluation.reporting.lines import lines


def wide(text: str) -> float:
    """Chinese characters and their punctuation are twice as wide as letters."""
    return sum(2 if ord(each) > 0x2E80 else 1 for each in text)


@pytest.mark.parametrize(
    ("text", "width", "broken"),
    [
        ("Front-line members of the standing council", 20, ["Front-line members", "of the standing", "council"]),
        ("理事会基层一线比例", 8, ["理事会基", "层一线比", "例"]),
        ("常务理事会规模 Size of the standing council", 24, ["常务理事会规模 Size of", "the standing council"]),
        ("达到法定人数。会议", 12, ["达到法定人", "数。会议"]),
        ("依规则认定（四（二）7）后", 12, ["依规则认定", "（四（二）", "7）后"]),
        ("sha256:0123456789abcdef", 10, ["sha256:012", "3456789abc", "def"]),
        ("一行\n两行 two", 40, ["一行", "两行 two"]),
        ("", 10, [""]),
        ("   ", 10, [""]),
    ],
)
def test_a_line_ends_at_a_space_or_between_chinese_characters(text: str, width: float, broken: list[str]) -> None:
    assert lines(text, width, wide) == broken

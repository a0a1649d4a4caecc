"""What the author of a text that is no YAML meant to write: the signs of a Chinese keyboard, quotes and brackets."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from chassis.language import N_, Phrase
from services.evaluation.domain.texts import Sentence

_WORD = r"[A-Za-z0-9_][\w.-]*"
_AT_A_KEY = rf"(?:^[\s　\xa0]*(?:-\s+)*|[{{｛,，、；;]\s*){_WORD}"
_BEFORE_A_KEY = rf"(?=\s*{_WORD}\s*[:：])"

FULL_WIDTH_COLON = N_("a full-width colon “：” stands here: write an ordinary colon and a space")
NO_SPACE = N_("{word}: there must be a space after the colon")
FULL_WIDTH_SPACE = N_("full-width spaces stand here: write ordinary ones")
COMMENT = N_("“ #” begins a comment, so that the rest of the line is lost: put the text in quotes")
COMMA_IN_TEXT = N_("{words}: put a text with a comma in quotes")
COLON_IN_TEXT = N_("put a text with a colon in quotes")
THOUSANDS = N_("{number}: write numbers without a thousands separator")
QUOTE_OPEN = N_("the quotation mark that opens here is never closed")
QUOTE_LATE = N_("the quotation mark that opens here is never closed: the text would end in line {line}")
BRACKET_OPEN = N_("the bracket that opens here is never closed, or a comma is missing before line {line}")
INDENTED = N_("the indentation is not that of the lines above it: keys of one part begin in one column")

_WRITTEN: tuple[tuple[re.Pattern[str], Phrase], ...] = (
    (re.compile(rf"{_AT_A_KEY}\s*：", re.ASCII), FULL_WIDTH_COLON),
    (re.compile(r"[｛｝［］]"), N_("full-width brackets stand here: write the ordinary ones")),
    (re.compile(f"，{_BEFORE_A_KEY}", re.ASCII), N_("a full-width comma “，” stands here: write an ordinary comma")),
    (re.compile(f"、{_BEFORE_A_KEY}", re.ASCII), N_("an enumeration comma “、” stands here: write an ordinary comma")),
    (
        re.compile(f"；{_BEFORE_A_KEY}", re.ASCII),
        N_("a full-width semicolon “；” stands here: write an ordinary comma"),
    ),
)
"""Signs where YAML has others, the likeliest first."""

_ODD_INDENT = re.compile(r"[ \t]*[　\xa0]")
_UNSPACED = re.compile(r"(?:^\s*(?:-\s+)*|[{,]\s*)([A-Za-z_][\w-]*):(?=[^\s:/,}\]])", re.ASCII)
_DIGITS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_HASH = re.compile(r"\s#")
_STRAY_COLON = "could not find expected ':'"
_TOO_DEEP = "mapping values are not allowed"


class Found(NamedTuple):
    """What was meant, and the line where it stands, from 0."""

    line: int
    sentence: Sentence


def meant(text: str, error: yaml.MarkedYAMLError) -> Found | None:
    """What stands where the reading began to go wrong, which is often a line or more above where it failed."""
    lines = text.split("\n")
    at = error.problem_mark.line if error.problem_mark else 0
    opened = error.context_mark.line if error.context_mark else at
    problem, context = str(error.problem), str(error.context)
    if "quoted scalar" in context:
        return Found(opened, Sentence.of(QUOTE_OPEN)) if "end of stream" in problem else None
    for number in range(max(at - 1, 0), min(at + 1, len(lines))):
        if _ODD_INDENT.match(lines[number]):
            return Found(number, Sentence.of(FULL_WIDTH_SPACE))
    quoted = _swallowed(text, at)
    if quoted is not None:
        return Found(quoted, Sentence.of(QUOTE_LATE, line=at + 1))
    begins = _began(lines, at) if _TOO_DEEP in problem or "<block end>" in problem else min(opened, at)
    for number in range(begins, min(at + 1, len(lines))):
        sentence = _sign(lines[number])
        if sentence is not None:
            return Found(number, sentence)
    if _STRAY_COLON in problem:
        return None
    return _bracket(lines, opened, at, problem) if "flow" in context else _indentation(lines, at, error)


def _sign(line: str) -> Sentence | None:
    bare = _without_quotes(line)
    for pattern, template in _WRITTEN:
        if pattern.search(bare):
            return Sentence.of(template)
    unspaced = _UNSPACED.search(bare)
    return Sentence.of(NO_SPACE, word=unspaced[1]) if unspaced else None


def _bracket(lines: list[str], opened: int, at: int, problem: str) -> Found | None:
    """What went wrong between brackets."""
    for number in range(opened, min(at + 1, len(lines))):
        if number < at and _HASH.search(_without_quotes(lines[number])):
            return Found(number, Sentence.of(COMMENT))
    if at > opened:
        return Found(opened, Sentence.of(BRACKET_OPEN, line=at + 1))
    return Found(at, Sentence.of(COLON_IN_TEXT)) if "got ':'" in problem else None


def _indentation(lines: list[str], at: int, error: yaml.MarkedYAMLError) -> Found | None:
    """A key that begins in a column of its own."""
    column, line = error.problem_mark.column if error.problem_mark else 0, lines[at] if at < len(lines) else ""
    first = re.match(r"\s*(?:-\s+)*[\w.-]+\s*:?", line)
    begins_the_line = first is not None and column < first.end()
    if begins_the_line and (_TOO_DEEP in str(error.problem) or "<block end>" in str(error.problem)):
        return Found(at, Sentence.of(INDENTED))
    return None


def _began(lines: list[str], at: int) -> int:
    """The line on which a text began that runs on over lines without a colon and a space."""
    number = at
    while number > 0 and not re.search(r":(\s|$)", _without_quotes(lines[number - 1])):
        number -= 1
    return number


def _swallowed(text: str, at: int) -> int | None:
    """The line of a quotation mark whose text ran over lines and ended on the line of the fault, if one did."""
    last: Any = None
    for token in _tokens(text):
        if token.start_mark.line > at:
            break
        if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
            last = token
    if last is None or last.end_mark.line != at or last.start_mark.line == at:
        return None
    return int(last.start_mark.line)


def _tokens(text: str) -> Iterator[Any]:
    try:
        yield from yaml.scan(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return


def _without_quotes(line: str) -> str:
    """A line without its texts in quotes, as far as the line alone shows them; nothing of one that is a comment."""
    bare = re.sub(r"(?<=[\s\[{,:：])('(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\")", '""', line)
    return "" if bare.startswith("#") else bare


def key_without_colon(key: str, before: object) -> Sentence:
    """What a word between braces was meant to be that has neither a colon nor a value.

    `before` is the value that stands in front of it.
    """
    if re.match(rf"{_WORD}\s*：", key, re.ASCII):
        return Sentence.of(FULL_WIDTH_COLON)
    unspaced = _UNSPACED.match(key)
    if unspaced:
        return Sentence.of(NO_SPACE, word=unspaced[1])
    if key[:3].isdecimal() and str(before).isdecimal():
        return Sentence.of(THOUSANDS, number=f"{before},{key}")
    return Sentence.of(COMMA_IN_TEXT, words=key)


def has_odd_space(key: str) -> bool:
    """Whether a key begins or ends with a space that YAML does not take for one."""
    return key != key.strip("　\xa0")


def hint(value: str) -> Sentence | None:
    """What may be wrong with a single value, seen by its signs alone."""
    if re.search("[“”‘’「」]", value):
        return Sentence.of(N_("“ ” are Chinese quotation marks: write \" \" or ' '"))
    ordinary = unicodedata.normalize("NFKC", value)
    if ordinary != value and re.fullmatch(r"[\w\s.,%/:+-]*", ordinary, re.ASCII):
        return Sentence.of(N_("full-width signs stand in it: write {ordinary}"), ordinary=ordinary)
    if _DIGITS.fullmatch(ordinary):
        return Sentence.of(N_("write numbers without a thousands separator: {plain}"), plain=ordinary.replace(",", ""))
    return None

"""Reading YAML so that every value remembers the line it stands on."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml
from yaml.composer import Composer

from chassis.language import N_
from services.evaluation.domain.miswritten import (
    FULL_WIDTH_SPACE,
    has_odd_space,
    hint,
    key_without_colon,
    meant,
)
from services.evaluation.domain.texts import Sentence

Path = tuple[str | int, ...]

LARGEST = 256 * 1024
"""How many bytes a policy may have in UTF-8; real ones have some tens of thousands."""

_DEEPEST = 60

_NOT_YAML = N_("This is not YAML, at column {column}: {problem}")
_PROBLEMS = {
    "cannot start any token": N_("a sign that begins nothing, such as a tab, % or @: indent with spaces, quote texts"),
    "mapping values are not allowed": N_("a colon where none can be: put texts with a colon in quotes"),
    "found unexpected ':'": N_("a colon where none can be: put texts with a colon in quotes"),
    "are not allowed here": N_("an item or a key where none can be: check the indentation"),
    "<block end>": N_("an item or a key where none can be: check the indentation"),
    "could not find expected ':'": N_("a key without its colon"),
    "unexpected end of stream": N_("a quotation mark that is never closed"),
    "expected ','": N_("a bracket that is never closed, or a comma that is missing"),
    "the node content": N_("the text ends, or a bracket closes, where a value should stand"),
    "<document start>": N_("more than one document: a policy is a file of one"),
    "found another document": N_("more than one document: a policy is a file of one"),
    "escape": N_("a backslash that YAML cannot read: use single quotes"),
}
"""By what the parser says of it."""


class Slip(NamedTuple):
    """What keeps a text from being read: its line, from 1, and why."""

    path: Path
    line: int
    sentence: Sentence


class Unreadable(Exception):  # noqa: N818 — a finding about the text, not a fault of the program
    """The text is no YAML of the plain kind a policy is written in."""

    def __init__(self, slips: list[Slip]) -> None:
        self.slips = slips
        super().__init__(slips[0].sentence.say("en"))


class Document(NamedTuple):
    """A text read: its value, the lines of everything in it, and what is wrong with single keys and values.

    `files` names the file of what stands in another one.
    """

    value: Any
    lines: dict[Path, int]
    slips: tuple[Slip, ...] = ()
    files: Mapping[Path, str] = MappingProxyType({})

    def place(self, path: Sequence[str | int]) -> tuple[Path, int]:
        """The longest beginning of the path that stands in the text, and its line; steps not in it are left out."""
        found: Path = ()
        for step in path:
            if (*found, step) in self.lines:
                found = (*found, step)
        return found, self.lines.get(found, 1)


def without_tags(steps: Sequence[str | int]) -> Path:
    """A path of pydantic without the names of the kinds it went through, which stand in brackets."""
    return tuple(step for step in steps if not (isinstance(step, str) and step[:1] in ("<", "[")))


def read(text: str) -> Document:
    """Reads a text of one document: mappings with text keys, lists, texts, integers, booleans, dates, nothing.

    Numbers with a point stay text, so that no binary fraction comes into being. Anchors are refused: with them a short
    text can stand for one without end.

    Raises:
        Unreadable: with the line of every cause.
    """
    if len(text.encode("utf-8", "replace")) > LARGEST:
        raise Unreadable([Slip((), 1, Sentence.of(N_("The policy is longer than {limit} bytes"), limit=LARGEST))])
    try:
        node = _composed(text)
    except yaml.MarkedYAMLError as error:
        found = meant(text, error)
        if found is not None:
            raise Unreadable([Slip((), found.line + 1, found.sentence)]) from error
        mark = error.problem_mark or error.context_mark
        problem = _in_our_words(str(error.problem or error.context))
        why = Sentence.of(_NOT_YAML, column=mark.column + 1 if mark else 1, problem=problem)
        raise Unreadable([Slip((), mark.line + 1 if mark else 1, why)]) from error
    except _Fancy as fancy:
        why = Sentence.of(N_("Anchors, aliases and tags are not used in policies"))
        raise Unreadable([Slip((), fancy.line, why)]) from fancy
    except yaml.reader.ReaderError as error:
        line, column = _place(text, error.position)
        why = Sentence.of(_NOT_YAML, column=column, problem=Sentence.of(N_("a character that YAML does not allow")))
        raise Unreadable([Slip((), line, why)]) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Unreadable([Slip((), 1, Sentence.of(N_("Nested too deeply")))]) from error
    reader = _Reader(text)
    value = reader.value(node, ()) if node is not None else None
    if reader.unreadable:
        raise Unreadable(reader.unreadable)
    return Document(value, reader.lines, tuple(reader.slips))


def _in_our_words(problem: str) -> Sentence:
    """What the parser found, in both languages: it speaks English alone."""
    for sign, template in _PROBLEMS.items():
        if sign in problem:
            return Sentence.of(template)
    return Sentence.of(N_("what stands here is not as YAML wants it"))


def _place(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


class _Fancy(Exception):  # noqa: N818 — a finding about the text
    def __init__(self, event: Any) -> None:
        self.line = event.start_mark.line + 1


def _composed(text: str) -> yaml.Node | None:
    """What libyaml makes of a text; what it refuses is read once more by the reader that says where and why."""
    try:
        return yaml.compose(text, Loader=_QuickLoader)
    except (_Fancy, yaml.YAMLError, RecursionError, ValueError):
        return yaml.compose(text, Loader=_PlainLoader)


class _Plainly(Composer):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[attr-defined]  # the loader has it
        if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
            raise _Fancy(event)
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


class _PlainLoader(_Plainly, yaml.SafeLoader):
    pass


class _QuickLoader(_Plainly, yaml.CSafeLoader):
    def __init__(self, text: str) -> None:
        yaml.CSafeLoader.__init__(self, text)
        Composer.__init__(self)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: dict[Path, int] = {}
        self.slips: list[Slip] = []
        self.unreadable: list[Slip] = []

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if len(path) > _DEEPEST:
            self.unreadable.append(_slip(node, path, Sentence.of(N_("Nested too deeply"))))
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _item(self, node: yaml.Node, path: Path) -> Any:
        if _blank(node):
            self.slips.append(_slip(node, path, Sentence.of(N_("An item of this list has no value"))))
        return self.value(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag == "tag:yaml.org,2002:merge":
                self.unreadable.append(_slip(key_node, path, Sentence.of(N_("A key is a plain word"))))
                continue
            key = str(key_node.value)
            self.lines.setdefault((*path, key), key_node.start_mark.line + 1)
            fault = self._fault(node, key_node, value_node, made)
            if fault is not None:
                self.slips.append(_slip(key_node, (*path, key), fault))
            made[key] = self.value(value_node, (*path, key))
        return made

    def _fault(
        self, node: yaml.MappingNode, key_node: yaml.ScalarNode, value_node: yaml.Node, made: dict[str, Any]
    ) -> Sentence | None:
        """What is wrong with a key as it is written, whatever it means."""
        key = str(key_node.value)
        if has_odd_space(key):
            return Sentence.of(FULL_WIDTH_SPACE)
        if key in made:
            return Sentence.of(N_("{field} is given twice"), field=key)
        if not _blank(value_node):
            return None
        if node.flow_style and not self.text[key_node.end_mark.index :].lstrip().startswith(":"):
            return key_without_colon(key, next(reversed(made.values()), None))
        return Sentence.of(N_("{field} has no value: give it one, or leave the key out"), field=key)

    def _scalar(self, node: yaml.Node, path: Path) -> Any:
        text, kind = str(node.value), node.tag.rpartition(":")[2]
        try:
            if kind == "int":
                return int(text)
            if kind == "timestamp":
                return date.fromisoformat(text)
        except ValueError:
            self.slips.append(_slip(node, path, _no_number(text)))
            return None
        return {"bool": text.lower() in ("true", "yes", "on"), "null": None}.get(kind, text)


def _no_number(text: str) -> Sentence:
    """What a value is not that looks like a number or a day."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", text):
        return Sentence.of(N_("There is no day {value}; days are written YYYY-MM-DD"), value=text)
    return hint(text) or Sentence.of(N_("{value} is neither a whole number nor a day"), value=text)


def _blank(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _slip(node: yaml.Node, path: Path, sentence: Sentence) -> Slip:
    return Slip(path, node.start_mark.line + 1, sentence)

"""A policy written as its differences to another one (修订): what it adds, what it replaces, what it removes."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from chassis.language import N_
from services.evaluation.domain.marked_yaml import Document, Path, Slip, Unreadable, read
from services.evaluation.domain.nearness import nearest, none_of
from services.evaluation.domain.texts import Sentence

Bases = Mapping[str, str]
"""The texts of the policies that can be extended, by ``id@version``."""

NO_BASES: Bases = {}

EXTENDS, REMOVE, AFTER = "extends", "remove", "after"
_OWN = frozenset({"policy", "version", "source", "in_force", "succeeds", "note", "examples"})
"""What a policy says of itself, and takes from no other."""
_BY_NAME = ("groups", "measures", "figures")
_BY_ID = ("indicators", "profiles", "eligibility", "vetoes", "clocks", "grades")
_KINDS = ("fold", "figure", "clock")
"""Keys that say of what kind an entry is: one that has such a key stands for itself."""


def resolve(text: str, bases: Bases = NO_BASES) -> tuple[Document, str]:
    """The whole of a policy, and its text: with what it has from the policy it extends, if it extends one.

    Raises:
        Unreadable: it is no YAML, or what it extends is not there, is no policy, or extends it in turn.
    """
    document = read(text)
    if not isinstance(document.value, dict) or EXTENDS not in document.value:
        return document, text
    whole = _whole(document, bases, ())
    return whole, f"# {document.value[EXTENDS]} + {_called(document.value)}\n{written(whole.value)}"


def is_extension(text: str) -> bool:
    """Whether a text says that it extends a policy."""
    return re.search(rf"^{EXTENDS}\s*:", text, re.MULTILINE) is not None


def called(text: str) -> str:
    """The ``id@version`` of a policy, by its text; empty if the text is no policy."""
    lines = [re.search(rf"^{key}:[ ]*[\"']?([^\s\"']+)", text, re.MULTILINE) for key in ("policy", "version")]
    return "@".join(line[1] for line in lines if line) if all(lines) else ""


def written(value: Any) -> str:
    """A value as YAML that reads as the same value; what is short stands on one line."""
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=120, default_flow_style=None)


class _Plain(yaml.SafeDumper):
    """Writes every value out: a policy has no anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 — the library asks so
        return True


def _called(value: Mapping[str, Any]) -> str:
    return f"{value.get('policy')}@{value.get('version')}"


def _whole(document: Document, bases: Bases, line: tuple[str, ...]) -> Document:
    """A document with what it has from its bases; `line` are the policies that extend it, the first one first."""
    base = document.value.get(EXTENDS) if isinstance(document.value, dict) else None
    if base is None:
        return document
    line = (*line, _called(document.value))
    if base in line:
        raise _refused(document, Sentence.of(N_("These extend one another in a circle: {names}"), names=[*line, base]))
    text = bases.get(base) if isinstance(base, str) else None
    if text is None:
        raise _refused(document, _no_base(str(base), bases))
    below = _whole(read(text), bases, line)
    if not isinstance(below.value, dict):
        raise _refused(document, _no_base(str(base), bases))
    return _over(str(base), below, document)


def _refused(document: Document, sentence: Sentence) -> Unreadable:
    return Unreadable([Slip((EXTENDS,), document.place((EXTENDS,))[1], sentence)])


def _no_base(name: str, bases: Bases) -> Sentence:
    if "@" not in name:
        versions = sorted(one for one in bases if one.partition("@")[0] == name)
        template = N_("A policy extends one version of another: write {name}@VERSION; there are: {known}")
        return Sentence.of(template, name=name, known=versions or sorted(bases))
    near = nearest(name, bases)
    if near is not None:
        return Sentence.of(N_("There is no policy {name}; is {near} meant?"), name=name, near=near)
    return Sentence.of(N_("There is no policy {name} to extend"), name=name)


class _Node(NamedTuple):
    """A value with the line and the file that it stands in; of no name is the file that is read."""

    value: Any
    line: int
    file: str | None


_Tree = dict[str, _Node]


def _marked(document: Document, path: Path = (), value: Any = None, file: str | None = None) -> _Node:
    value = document.value if not path else value
    line, file = document.lines.get(path, 1), document.files.get(path, file)
    if isinstance(value, dict):
        inner: Any = {name: _marked(document, (*path, name), each, file) for name, each in value.items()}
    elif isinstance(value, list):
        inner = [_marked(document, (*path, index), each, file) for index, each in enumerate(value)]
    else:
        inner = value
    return _Node(inner, line, file)


def _plain(node: _Node, path: Path, lines: dict[Path, int], files: dict[Path, str]) -> Any:
    """The value of a node; the lines and files of all in it are put down by their paths."""
    lines[path] = node.line
    if node.file is not None:
        files[path] = node.file
    if isinstance(node.value, dict):
        return {name: _plain(each, (*path, name), lines, files) for name, each in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(each, (*path, index), lines, files) for index, each in enumerate(node.value)]
    return node.value


def _over(base: str, below: Document, above: Document) -> Document:
    """The policy below with the differences laid over it."""
    laid = _Laid(_marked(below, file=base).value, _marked(above).value)
    lines: dict[Path, int] = {}
    files: dict[Path, str] = {}
    value = _plain(_Node(laid.whole(), 1, None), (), lines, files)
    return Document(value, lines, (*above.slips, *laid.slips), files)


class _Laid:
    """The differences laid over the policy below them."""

    def __init__(self, below: _Tree, above: _Tree) -> None:
        self.below, self.above = below, above
        self.slips: list[Slip] = []

    def whole(self) -> _Tree:
        """What comes of it, in the order of the policy below."""
        kept = self._removed({key: node for key, node in self.below.items() if key not in _OWN})
        changed = {key: node for key, node in self.above.items() if key not in (EXTENDS, REMOVE)}
        order = dict.fromkeys([*(key for key in changed if key in _OWN), *kept, *changed])
        return {key: self._part(key, kept.get(key), changed.get(key)) for key in order}

    def _part(self, key: str, before: _Node | None, change: _Node | None) -> _Node:
        if before is None or change is None:
            return self._settled(key, change or before)
        if key in _BY_NAME and isinstance(change.value, dict):
            entries = {name: _entry(before.value.get(name), node) for name, node in change.value.items()}
            return change._replace(value={**before.value, **entries})
        if key in _BY_ID and isinstance(change.value, list):
            return change._replace(value=self._list(key, before.value, change.value))
        return change

    def _settled(self, key: str, node: Any) -> _Node:
        found: _Node = node
        if key in _BY_ID and isinstance(found.value, list):
            return found._replace(value=self._list(key, [], found.value))
        return found

    def _list(self, key: str, before: list[_Node], changes: list[_Node]) -> list[_Node]:
        """The entries of before, each replaced by that of its id; new ones last, or behind the one they name."""
        found = list(before)
        for change in changes:
            known = [_id(one) for one in found]
            name, behind = _id(change), _after(change)
            entry = change._replace(value={k: v for k, v in change.value.items() if k != AFTER}) if behind else change
            if name is not None and name in known:
                place = known.index(name)
                found[place] = _entry(found[place], entry)
            elif behind is None:
                found.append(entry)
            elif behind.value in known:
                found.insert(known.index(behind.value) + 1, entry)
            else:
                self._slip((key,), behind.line, self._none_there(str(behind.value), known))
                found.append(entry)
        return found

    def _removed(self, tree: _Tree) -> _Tree:
        node = self.above.get(REMOVE)
        if node is None:
            return tree
        if not isinstance(node.value, dict) or not all(isinstance(one.value, list) for one in node.value.values()):
            template = N_("remove lists, for each part, the ids of what falls away, such as indicators: [a, b]")
            self._slip((REMOVE,), node.line, Sentence.of(template))
            return tree
        for key, names in node.value.items():
            for name in names.value:
                tree = self._without(tree, key, str(name.value), name.line)
        return tree

    def _without(self, tree: _Tree, key: str, name: str, line: int) -> _Tree:
        """The tree without an entry, or without one key of it, written with a dot: ``a.ours``."""
        part = tree.get(key)
        entry, _, inner = name.partition(".")
        if part is None or key not in (*_BY_NAME, *_BY_ID):
            self._slip((REMOVE, key), line, self._none_there(key, [one for one in tree if one in (*_BY_NAME, *_BY_ID)]))
            return tree
        found = _by_id(part)
        if entry not in found or (inner and inner not in found[entry].value):
            self._slip((REMOVE, key), line, self._none_there(name, list(found)))
            return tree
        if inner:
            found[entry] = found[entry]._replace(value={k: v for k, v in found[entry].value.items() if k != inner})
        else:
            del found[entry]
        left: Any = found if key in _BY_NAME else list(found.values())
        return {**tree, key: part._replace(value=left)}

    def _none_there(self, name: str, known: list[Any]) -> Sentence:
        return none_of(name, tuple(str(one) for one in known))

    def _slip(self, path: Path, line: int, sentence: Sentence) -> None:
        self.slips.append(Slip(path, line, sentence))


def _entry(before: _Node | None, change: _Node) -> _Node:
    """An entry with what the change says over it; the change alone where it says what kind it is."""
    if before is None or not isinstance(change.value, dict) or not isinstance(before.value, dict):
        return change
    if any(kind in change.value for kind in _KINDS):
        return change
    dropped = _EITHER.keys() & change.value.keys()
    kept = {key: node for key, node in before.value.items() if key not in {_EITHER[one] for one in dropped}}
    return change._replace(value={**kept, **change.value})


_EITHER = {"points": "weight", "weight": "points"}
"""Of these an entry has one: the one that is given takes the place of the other."""


def _by_id(part: _Node) -> dict[Any, _Node]:
    return dict(part.value) if isinstance(part.value, dict) else {_id(one): one for one in part.value}


def _id(node: _Node) -> Any:
    found = node.value.get("id") if isinstance(node.value, dict) else None
    return None if found is None else found.value


def _after(node: _Node) -> _Node | None:
    return node.value.get(AFTER) if isinstance(node.value, dict) else None

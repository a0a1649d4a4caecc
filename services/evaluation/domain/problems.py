"""What a policy's author is told: every mistake at once, each with its place and its line."""

import json
import re
from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from pydantic import ValidationError

from chassis.language import N_, Language, Phrase, translate
from chassis.refusals import MOST_FAULTS, Refusal
from contracts.values import POLICY_FORM, VERSION_FORM
from services.evaluation.domain.limits import BY_ORDER
from services.evaluation.domain.marked_yaml import Document, Path, without_tags
from services.evaluation.domain.miswritten import hint
from services.evaluation.domain.nearness import nearest
from services.evaluation.domain.part import ID_FORM
from services.evaluation.domain.shapes import at
from services.evaluation.domain.spec import GRADE_FORM, PolicySpec
from services.evaluation.domain.texts import Sentence
from services.evaluation.domain.windows import DAY_FORM


class PolicyError(NamedTuple):
    """One mistake: the dotted path of what is wrong, its line from 1, and what is wrong with it.

    `file` is the policy that it stands in, where that is not the one that was read but one that it extends.
    """

    path: str
    line: int
    sentence: Sentence
    file: str | None = None

    def as_json(self, language: Language) -> dict[str, Any]:
        """As a caller reads it."""
        where = {} if self.file is None else {"file": self.file}
        return {"path": self.path, "line": self.line, **where, "message": self.sentence.say(language)}


class Mistake(Refusal):
    """One of the mistakes, as a problem document lists it."""

    slug: ClassVar[str] = "policy-mistake"
    title: ClassVar[Phrase] = N_("A mistake in the policy")
    detail: ClassVar[Phrase] = N_("Line {line}: {message}")

    def __init__(self, error: PolicyError) -> None:
        self.error = error
        super().__init__(field=error.path, value=None, line=error.line)

    def explained(self, language: Language) -> str:
        """What is wrong, and in which line."""
        message = self.error.sentence.say(language)
        said = {"line": self.error.line, "message": message}
        if self.error.file is not None:
            return translate(N_("{file}, line {line}: {message}"), language, file=self.error.file, **said)
        return translate(self.detail, language, **said)


class PolicyRefused(Refusal):
    """The text is not a policy; `errors` has its mistakes, the first hundred."""

    slug: ClassVar[str] = "policy-refused"
    title: ClassVar[Phrase] = N_("The policy has mistakes")
    detail: ClassVar[Phrase] = N_("Mistakes: {count}; the first in line {line} at {path}.")

    def __init__(self, mistakes: list[PolicyError]) -> None:
        self.mistakes = mistakes
        self.errors = tuple(map(Mistake, mistakes[:MOST_FAULTS]))
        self.more = len(mistakes[MOST_FAULTS:])
        first = mistakes[0]
        super().__init__(field="policy", value=None, count=len(mistakes), line=first.line, path=first.path or "/")


def placed(document: Document, path: Path, sentence: Sentence) -> PolicyError:
    """A mistake at a place of the document, or at the nearest place above it that there is."""
    found, line = document.place(path)
    return PolicyError(".".join(map(str, found)), line, sentence, document.files.get(found))


def mistakes(document: Document, error: ValidationError) -> Iterator[PolicyError]:
    """What is wrong with the shape, in our words."""
    details = error.errors(include_url=False)
    places = [without_tags(detail["loc"]) for detail in details]
    misspelt = {_meant_key(detail) for detail in details if detail["type"] == "extra_forbidden"}
    for detail, path in zip(details, places, strict=True):
        # pydantic calls a list too short when its items are wrong; then the items say enough
        if detail["type"] == "too_short" and any(other[: len(path)] == path != other for other in places):
            continue
        if detail["type"] == "missing" and detail["loc"] in misspelt:
            continue
        where = (*path, _kind_key(detail["input"])) if detail["type"] == "union_tag_invalid" else path
        yield placed(document, where, _sentence(detail, where))


def _kind_key(declared: Any) -> str:
    """The key by which a declaration of many kinds says its own."""
    return next(key for key in ("fold", "figure", "kind", "clock") if key in declared)


def _unknown_kind(field: str, kind: object, expected: str) -> Sentence:
    known = sorted(expected.replace("'", "").replace("<", "").replace(">", "").split(", "))
    if isinstance(kind, bool):
        template = N_("{field}: put the word in quotes; without them YAML reads yes and no as true and false")
        return Sentence.of(template, field=field)
    near = nearest(str(kind), known)
    if near is not None:
        template = N_("Unknown kind {kind}; is {near} meant? There are: {known}")
        return Sentence.of(template, kind=str(kind), near=near, known=known)
    return Sentence.of(N_("Unknown kind {kind}; there are: {known}"), kind=str(kind), known=known)


def _sentence(detail: Any, path: Path) -> Sentence:
    field, kind, context = str(path[-1]) if path else "policy", detail["type"], detail.get("ctx", {})
    said: dict[str, object] = {"field": field, "value": _short(detail["input"])}
    if kind == "union_tag_invalid":
        return _unknown_kind(field, detail["input"].get(field), str(context["expected_tags"]))
    if kind in {"literal_error", "enum"}:
        return _none_of(said, _QUOTED.findall(str(context["expected"])))
    if kind == "extra_forbidden":
        return _unknown_key(field, detail["loc"])
    if not path and kind == "model_type":
        return _no_policy(detail["input"])
    return _wrong_value(detail, path, said)


def _wrong_value(detail: Any, path: Path, said: dict[str, object]) -> Sentence:
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    seen = hint(value) if isinstance(value, str) else None
    if kind == "string_pattern_mismatch":
        why = seen or Sentence.of(_FORMS.get(str(context["pattern"]), N_("it has not the form asked for")))
        return Sentence.of(N_("{field}: {value} cannot stand here: {why}"), **said, why=why)
    if kind == "string_type" and isinstance(value, int) and not isinstance(value, bool):
        return Sentence.of(N_("{field}: {value} is read as a number: put it in quotes"), **said)
    if kind == "value_error" and context["error"].args and isinstance(context["error"].args[0], Phrase):
        why = Sentence.of(context["error"].args[0])
        if isinstance(value, dict | list):
            return why
        return Sentence.of(
            N_("{field}: {value} cannot stand here: {why}"), **said, why=seen or _advice(path, value) or why
        )
    return Sentence.of(_TEXTS.get(kind, N_("{field}: {value} does not fit here")), **said)


def _advice(path: Path, value: object) -> Sentence | None:
    """What would be right, where that depends on the place."""
    text = str(value)
    if "deduct" in path and text.startswith("-"):
        return Sentence.of(N_("write {plain}: deductions are taken off by themselves"), plain=text.lstrip("-"))
    if path[-1:] and path[-1] in BY_ORDER and "quorum" not in path and re.fullmatch(r"[0-9.]+\s?%|[0-9]+/[0-9]+", text):
        return Sentence.of(N_("this is compared with a number; a share of something is asked by part and whole"))
    return None


def _none_of(said: dict[str, object], known: list[str]) -> Sentence:
    near = nearest(str(said["value"]), known)
    if near is None:
        return Sentence.of(N_("{field}: {value} is not one of: {known}"), **said, known=known)
    return Sentence.of(N_("{field}: {value} is not one of: {known}; is {near} meant?"), **said, known=known, near=near)


def _meant_key(detail: Any) -> Path:
    """The place of the key that one which nobody knows was perhaps meant to be."""
    *place, key = detail["loc"]
    part = at(PolicySpec, place)
    return (*place, (part and nearest(str(key), part.keys())) or key)


def _unknown_key(key: str, place: Path) -> Sentence:
    """What may stand where a key stands that nobody knows."""
    part = at(PolicySpec, place[:-1])
    known = () if part is None else part.keys()
    if not known:
        return Sentence.of(N_("{field} is not known here"), field=key)
    near = nearest(key, known)
    if near is None:
        return Sentence.of(N_("{field} is not known here; there may be: {known}"), field=key, known=known)
    template = N_("{field} is not known here; is {near} meant? There may be: {known}")
    return Sentence.of(template, field=key, near=near, known=known)


def _no_policy(value: object) -> Sentence:
    if value is None:
        return Sentence.of(N_("The file is empty"))
    return Sentence.of(N_("This is no policy: a policy begins with keys and values, such as policy: sample-2026"))


_FORMS = {
    ID_FORM: N_("use small letters a to z, digits, - and _, and begin with a small letter"),
    POLICY_FORM: N_("use small letters a to z, digits, . - and _, and begin with a letter or a digit"),
    GRADE_FORM: N_("use letters a to z, digits, - and _; the title may be in any script"),
    VERSION_FORM: N_('use letters a to z, digits, and . + - _, such as "1.2"'),
    DAY_FORM: N_("a day of the year is written MM-DD, such as 03-31"),
}
"""What is meant by a pattern."""

_TEXTS = {
    "missing": N_("{field} is missing"),
    "union_tag_not_found": N_("{field} does not say its kind"),
    "int_type": N_("{field}: {value} is not a whole number"),
    "string_type": N_("{field}: {value} is not a text"),
    "date_type": N_("{field}: {value} is not a day, YYYY-MM-DD"),
    "date_from_datetime_parsing": N_("{field}: {value} is not a day, YYYY-MM-DD"),
    "model_type": N_("{field} is not a mapping of keys to values"),
    "dict_type": N_("{field} is not a mapping of keys to values"),
    "string_too_short": N_("{field} is empty"),
    "too_short": N_("{field} is empty"),
    "greater_than_equal": N_("{field}: {value} is too small"),
    "greater_than": N_("{field}: {value} is too small"),
    "less_than_equal": N_("{field}: {value} is too great"),
    "less_than": N_("{field}: {value} is too great"),
    "string_too_long": N_("{field} is too long"),
    "too_long": N_("{field} is too long"),
    "bool_type": N_("{field}: {value} is neither true nor false"),
    "list_type": N_("{field} is not a list"),
    "tuple_type": N_("{field} is not a list"),
    "frozen_set_type": N_("{field} is not a list"),
    "set_type": N_("{field} is not a list"),
}

_QUOTED = re.compile(r"'([^']*)'")
_LONGEST = 60


def _short(value: object) -> str:
    """A value as its author wrote it, not as Python prints it."""
    if isinstance(value, dict | list):
        text = json.dumps(value, ensure_ascii=False, default=str)
    else:
        text = str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

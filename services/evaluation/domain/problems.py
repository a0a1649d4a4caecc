"""What a policy's author is told: every mistake at once, each with its place and its line."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, ClassVar, NamedTuple

from pydantic import ValidationError

from chassis.language import N_, Language, Phrase, translate
from chassis.refusals import Refusal
from services.evaluation.domain.marked_yaml import Document, Path, without_tags
from services.evaluation.domain.texts import Sentence


class PolicyError(NamedTuple):
    """One mistake: the dotted path of what is wrong, its line from 1, and what is wrong with it."""

    path: str
    line: int
    sentence: Sentence

    def as_json(self, language: Language) -> dict[str, Any]:
        """As a caller reads it."""
        return {"path": self.path, "line": self.line, "message": self.sentence.say(language)}


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
        return translate(self.detail, language, line=self.error.line, message=message)


class PolicyRefused(Refusal):
    """The text is not a policy; `errors` has every mistake in it."""

    slug: ClassVar[str] = "policy-refused"
    title: ClassVar[Phrase] = N_("The policy has mistakes")
    detail: ClassVar[Phrase] = N_("Mistakes: {count}; the first in line {line} at {path}.")

    def __init__(self, mistakes: list[PolicyError]) -> None:
        self.mistakes = mistakes
        self.errors = tuple(Mistake(error) for error in mistakes)
        first = mistakes[0]
        super().__init__(field="policy", value=None, count=len(mistakes), line=first.line, path=first.path or "/")


def placed(document: Document, path: Path, sentence: Sentence) -> PolicyError:
    """A mistake at a place of the document, or at the nearest place above it that there is."""
    found, line = document.place(path)
    return PolicyError(".".join(map(str, found)), line, sentence)


def mistakes(document: Document, error: ValidationError) -> Iterator[PolicyError]:
    """What is wrong with the shape, in our words."""
    details = error.errors(include_url=False)
    places = [without_tags(detail["loc"]) for detail in details]
    for detail, path in zip(details, places, strict=True):
        # pydantic calls a list too short when its items are wrong; then the items say enough
        if detail["type"] == "too_short" and any(other[: len(path)] == path != other for other in places):
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
    near = get_close_matches(str(kind), known, n=1)
    if near:
        template = N_("Unknown kind {kind}; is {near} meant? There are: {known}")
        return Sentence.of(template, kind=str(kind), near=near[0], known=known)
    return Sentence.of(N_("Unknown kind {kind}; there are: {known}"), kind=str(kind), known=known)


def _sentence(detail: Any, path: Path) -> Sentence:
    field, kind, context = str(path[-1]) if path else "policy", detail["type"], detail.get("ctx", {})
    said: dict[str, object] = {"field": field, "value": _short(detail["input"])}
    if kind == "union_tag_invalid":
        return _unknown_kind(field, detail["input"].get(field), str(context["expected_tags"]))
    if kind in {"literal_error", "enum"}:
        said["known"] = _QUOTED.findall(str(context["expected"]))
        return Sentence.of(N_("{field}: {value} is not one of: {known}"), **said)
    if kind == "value_error" and context["error"].args and isinstance(context["error"].args[0], Phrase):
        return Sentence.of(context["error"].args[0])
    return Sentence.of(_TEXTS.get(kind, N_("{field}: {value} does not fit here")), **said)


_TEXTS = {
    "missing": N_("{field} is missing"),
    "extra_forbidden": N_("{field} is not known here"),
    "union_tag_not_found": N_("{field} does not say its kind"),
    "int_type": N_("{field}: {value} is not a whole number"),
    "string_type": N_("{field}: {value} is not a text"),
    "date_type": N_("{field}: {value} is not a day, YYYY-MM-DD"),
    "date_from_datetime_parsing": N_("{field}: {value} is not a day, YYYY-MM-DD"),
    "model_type": N_("{field} is not a mapping of keys to values"),
    "dict_type": N_("{field} is not a mapping of keys to values"),
    "string_pattern_mismatch": N_("{field}: {value} is not a name of the form asked for"),
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
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

"""What a policy's author is told: every mistake at once, each with its place and its line."""

from collections.abc import Iterator
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
    detail: ClassVar[Phrase] = N_("{count} mistakes, the first in line {line} at {path}.")

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
        yield placed(document, path, _sentence(detail, path))


def _sentence(detail: Any, path: Path) -> Sentence:
    field, kind, context = str(path[-1]) if path else "policy", detail["type"], detail.get("ctx", {})
    said = {"field": field, "value": _short(detail["input"])}
    if kind == "union_tag_invalid":
        known = str(context["expected_tags"]).replace("'", "").replace("<", "").replace(">", "").split(", ")
        tag = str(context["tag"]).strip("<>")
        return Sentence.of(N_("Unknown kind {kind}; there are: {known}"), kind=tag, known=sorted(known))
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
    "less_than_equal": N_("{field}: {value} is too great"),
}

_LONGEST = 60


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

"""What the evaluation says to people: always in both languages, never as a finished string."""

from collections.abc import Iterable
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BaseModel, Field, model_validator

from chassis.language import Language, Phrase, translate

Line = Annotated[str, Field(min_length=1, max_length=600)]


class Text(BaseModel, frozen=True, extra="forbid"):
    """A text of the policy itself, written by its author in Chinese, and in English if he likes.

    Without English, who reads English sees the Chinese. A text in Chinese alone may stand for the mapping.
    """

    zh: Line
    en: Line = ""

    @model_validator(mode="before")
    @classmethod
    def _in_both(cls, written: Any) -> Any:
        return in_both(written)

    @classmethod
    def of(cls, template: Phrase) -> "Text":
        """A text of the program where an author may have left his own out."""
        return Text(zh=translate(template, "zh"), en=translate(template, "en"))

    def say(self, language: Language) -> str:
        """The text in that language."""
        return self.zh if language == "zh" else self.en

    @property
    def both(self) -> str:
        """Chinese and English beside each other; once where they are the same."""
        return self.zh if self.en == self.zh else f"{self.zh} {self.en}"

    def as_json(self) -> dict[str, str]:
        """Both languages, by their codes."""
        return {"zh": self.zh, "en": self.en}


def in_both(written: Any) -> Any:
    """A text as a policy writes it with both its languages: the Chinese stands for the English that is not there."""
    if isinstance(written, str):
        return {"zh": written, "en": written}
    return (
        {**written, "en": written["zh"]}
        if isinstance(written, dict) and "en" not in written and "zh" in written
        else written
    )


class Sentence(NamedTuple):
    """A text of the program: an English template of the catalogue and what fills it, texts and sentences included."""

    template: Phrase
    values: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, template: Phrase, **values: object) -> Self:
        """A sentence whose {names} are filled from the values when it is said."""
        held = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
        return cls(template, tuple(held.items()))

    def say(self, language: Language) -> str:
        """The sentence in that language."""
        return translate(self.template, language, **{name: _said(value, language) for name, value in self.values})

    def as_json(self) -> dict[str, str]:
        """Both languages, by their codes."""
        return {"zh": self.say("zh"), "en": self.say("en")}


Spoken = Text | Sentence


def _said(value: object, language: Language) -> object:
    if isinstance(value, Text | Sentence):
        return value.say(language)
    if isinstance(value, str | int):
        return value
    if isinstance(value, Iterable):
        return [_said(item, language) for item in value]
    return value

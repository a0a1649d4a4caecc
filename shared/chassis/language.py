"""What people read, in the reader's language: English msgids in the code, Chinese in one catalogue."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]
CATALOGUE = Path(__file__).parent / "catalogue" / "zh_CN" / "LC_MESSAGES" / "societas.po"


class Phrase(str):
    """An English sentence, or a template with {names}, that has a translation in the catalogue."""

    __slots__ = ()


def N_(text: str) -> Phrase:  # noqa: N802 — the name gettext tools know
    """Mark a text for translation; it is translated where it is shown."""
    return Phrase(text)


def language_of(accept_language: str | None) -> Language:
    """The language a caller prefers by its Accept-Language header (RFC 9110 §12.5.4); Chinese unless English is."""
    wanted = {"zh": 0.0, "en": 0.0}
    for choice in (accept_language or "").split(","):
        tag, _, parameter = choice.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        if primary in wanted:
            wanted[primary] = max(wanted[primary], _weight(parameter))
    return "en" if wanted["en"] > wanted["zh"] else "zh"


def translate(msgid: str, language: Language, **values: object) -> str:
    """The text in that language, with its {names} filled from values.

    A value that is a Phrase is translated too; a list is joined as the language joins lists. A text without a
    translation, or a name without a value, is shown as it stands: saying less is better than failing to say.
    """
    text = _chinese().get(msgid, msgid) if language == "zh" else str(msgid)
    if not values:
        return text
    shown = {name: _shown(value, language) for name, value in values.items()}
    return text.format_map(_Given(shown))


class _Given(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


def _shown(value: object, language: Language) -> object:
    if isinstance(value, Phrase):
        return translate(value, language)
    if isinstance(value, list | tuple | set | frozenset):
        items = [str(_shown(item, language)) for item in value]
        return ("、" if language == "zh" else ", ").join(sorted(items) if isinstance(value, set | frozenset) else items)
    return value


def _weight(parameter: str) -> float:
    name, _, number = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(number)
    except ValueError:
        return 0.0


@cache
def _chinese() -> Mapping[str, str]:
    from babel.messages.pofile import read_po  # noqa: PLC0415 — the command line starts without it

    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}

"""How values become text on a page: two languages side by side, numbers, dates, links."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from chassis.language import N_, Language, Phrase, translate
from chassis.version import version
from services.portal import words
from services.portal.documents import Text
from services.portal.event_names import event_name

STATIC = Path(__file__).parent / "static"
_YES, _NO = N_("yes"), N_("no")
_AT_BEST = N_("The grade is {grade} at best.")
_NOT_AMONG = N_("It cannot be in the classes: {classes}.")
_TAKEN = N_("It takes the points of: {parts}.")
TAGS: Mapping[Language, str] = {"zh": "zh-CN", "en": "en"}


class Voice:
    """Speaks to one reader: their language first, the other one small beside it."""

    def __init__(self, first: Language) -> None:
        """`first` is the language the page is read in."""
        self.first: Language = first
        self.second: Language = "en" if first == "zh" else "zh"
        self.tag = TAGS[first]
        self._kept: dict[str, Markup] = {}

    def one(self, msgid: str, **values: object) -> str:
        """The text in the reader's language alone, for attributes and titles."""
        return translate(msgid, self.first, **values)

    def both(self, msgid: str, **values: object) -> Markup:
        """The text in both languages, the second as secondary text."""
        if values:
            return self._beside(self._translations(msgid, **values))
        if msgid not in self._kept:
            self._kept[msgid] = self._beside(self._translations(msgid))
        return self._kept[msgid]

    def said(self, text: Text) -> Markup:
        """A text of the policy or of evaluation, in both languages where it has them."""
        return Markup.escape(text) if isinstance(text, str) else self._beside(self._known(text))

    def plainly(self, text: Text) -> str:
        """A text of the policy in the reader's language alone, where only text can stand."""
        return next(iter(self._known(text).values()), "")

    def pair(self, text: Text) -> list[str]:
        """A text as the script takes it: in the reader's language, then in the other one where that is another."""
        known = self._translations(text) if isinstance(text, Phrase) else self._known(text)
        return list(_distinct(known).values())

    def value(self, value: Any) -> Markup:
        """What was counted, or what an event gave: a number, a word, a text in two languages, or several of them."""
        if value is None:
            return Markup("—")
        if isinstance(value, bool):
            return self.both(_YES if value else _NO)
        if isinstance(value, Mapping) and not {"zh", "en"} & value.keys():
            return Markup("; ").join(Markup("{}: {}").format(name, self.value(part)) for name, part in value.items())
        if isinstance(value, list):
            return Markup(", ").join(map(self.value, value))
        if isinstance(value, str) and value in words.told:
            return self.both(value)
        return self.said(dict(value) if isinstance(value, Mapping) else str(value))

    def excluded(self, classes: Iterable[Text]) -> Markup:
        """Which classes a veto keeps a society out of."""
        return self._listed(_NOT_AMONG, "classes", classes)

    def taken(self, parts: Iterable[Text]) -> Markup:
        """Whose points a veto takes."""
        return self._listed(_TAKEN, "parts", parts)

    def _listed(self, phrase: Phrase, name: str, texts: Iterable[Text]) -> Markup:
        found = [self._in_both(each) for each in texts]
        said = {code: [one[code] for one in found] for code in (self.first, self.second)}
        return self._beside({code: translate(phrase, code, **{name: names}) for code, names in said.items()})

    def at_best(self, grade: Text) -> Markup:
        """Which grade a veto leaves at best."""
        return self.about(_AT_BEST, grade=grade)

    def about(self, msgid: str, **texts: Text) -> Markup:
        """What is said about texts of the policy, each in the language of the sentence where it has it."""
        found = {name: self._in_both(text) for name, text in texts.items()}
        said = {code: {name: one[code] for name, one in found.items()} for code in (self.first, self.second)}
        return self._beside({code: translate(msgid, code, **values) for code, values in said.items()})

    def _in_both(self, text: Text) -> dict[Language, str]:
        """A text in both languages, in the one that it has where it lacks the other."""
        known = self._known(text)
        return {code: known.get(code) or self.plainly(text) for code in (self.first, self.second)}

    def link(self, path: str, **query: str) -> str:
        """An address within the portal that keeps the reader's language."""
        kept = {"lang": "en"} | query if self.first == "en" else query
        return f"{path}?{urlencode(kept)}" if kept else path

    @staticmethod
    def paper(review: str, form: str, query: Mapping[str, str]) -> str:
        """The address of a result list to print, at the gateway."""
        path = f"/api/evaluation/reviews/{quote(review, safe='')}/results/{form}"
        return f"{path}?{urlencode(query)}" if query else path

    def _known(self, text: Text) -> dict[Language, str]:
        if isinstance(text, str):
            return {self.first: text}
        return {code: text[code] for code in (self.first, self.second) if text.get(code)}

    def _translations(self, msgid: str, **values: object) -> dict[Language, str]:
        return {code: translate(msgid, code, **values) for code in (self.first, self.second)}

    def _beside(self, texts: Mapping[Language, str]) -> Markup:
        parts = [
            Markup('<span class="{}" lang="{}">{}</span>').format(place, TAGS[code], text)
            for place, (code, text) in zip(("first", "second"), _distinct(texts).items(), strict=False)
        ]
        return Markup(" ").join(parts)


def _distinct(texts: Mapping[Language, str]) -> dict[Language, str]:
    seen: dict[str, Language] = {}
    for code, text in texts.items():
        seen.setdefault(text, code)
    return {code: text for text, code in seen.items()}


def points(value: str) -> str:
    """Points with two places, as the board shows them in columns."""
    return f"{Decimal(value):.2f}"


def plain(value: str) -> str:
    """A decimal without the zeros nobody needs: 12.50 is 12.5."""
    number = Decimal(value)
    return f"{number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize():f}"


def percent(fraction: str) -> int:
    """A share of one as whole percent, rounded down: what is not complete never reads 100."""
    return int((Decimal(fraction) * 100).to_integral_value(ROUND_FLOOR))


def day(instant: str) -> str:
    """The date of an instant or a date on the wire, as the record carries it; a calendar not begun has none."""
    return "—" if instant.startswith("0001-") else instant[:10]


@cache
def static(name: str) -> str:
    """The address of a static file; it changes with the content, so browsers may keep it for ever."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def pages() -> Environment:
    """The templates, every value escaped, a missing one an error."""
    environment = Environment(
        loader=PackageLoader("services.portal"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(static=static, words=words, event_name=event_name, version=version())
    environment.filters.update(points=points, plain=plain, percent=percent, day=day)
    return environment


def render(environment: Environment, template: str, voice: Voice, **context: Any) -> str:
    """A page in the reader's voice."""
    return environment.get_template(template).render(voice=voice, both=voice.both, one=voice.one, **context)

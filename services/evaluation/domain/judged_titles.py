"""Words and items of judgements by the titles that a policy gives them: who writes Chinese alone enters 较好."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from chassis.forms import form_of
from chassis.language import N_, Language, translate
from chassis.refusals import Refusal
from chassis.titles import normalised
from contracts.values import ItemId, JudgedWord
from services.evaluation.domain.texts import Text

Titles = Mapping[str, Text]

_FORMS = {
    name: str(TypeAdapter(type_).json_schema()["pattern"])
    for name, type_ in (("item", ItemId), ("word", JudgedWord), ("answer", ItemId))
}
"""The fields of a judgement that hold an id of the policy, and what such an id looks like."""


class NoSuchTitle(Refusal):
    """What was entered is the title of nothing in the policy in use, and no id."""

    slug = "no-such-title"
    title = N_("No such title")
    detail = N_("{value} is a title of nothing in the policy in use; its titles are: {titles}.")

    def __init__(self, field: str, value: str, titles: Titles) -> None:
        """`titles` are those that the policy gives."""
        self._titles = titles
        if not titles:
            # Where a policy gives no titles, only the form of an id is right.
            self.detail = form_of(_FORMS[field])  # type: ignore[misc]
        super().__init__(field=field, value=value, pattern=_FORMS[field])

    def explained(self, language: Language) -> str:
        """What is right, by the titles in the reader's language."""
        told = [text.say(language) for text in self._titles.values()]
        return translate(self.detail, language, **{"value": self.value, "titles": told} | self.values)


class TitleOfSeveral(Refusal):
    """What was entered is the title of more than one word of the policy."""

    slug = "title-of-several"
    title = N_("A title of several words")
    detail = N_("{value} is the title of several words of the policy in use; enter one of: {ids}.")


def by_ids(said: Mapping[str, Any], titles: Titles) -> tuple[dict[str, Any], list[Refusal]]:
    """The fields of a judgement with ids in place of titles, and what is wrong with those that are neither."""
    found, faults = dict(said), list[Refusal]()
    for field, form in _FORMS.items():
        entered = found.get(field)
        if entered is None or entered in titles:
            continue
        meant = [id_ for id_, text in titles.items() if normalised(entered) in map(normalised, (text.zh, text.en))]
        if len(meant) == 1 and re.search(form, meant[0]):
            found[field] = meant[0]
        elif len(meant) > 1:
            faults.append(TitleOfSeveral(field=field, value=entered, ids=meant))
        elif not re.search(form, entered):
            faults.append(NoSuchTitle(field, entered, titles))
    return found, faults

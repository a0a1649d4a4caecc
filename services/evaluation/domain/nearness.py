"""The name that was perhaps meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from chassis.language import N_
from services.evaluation.domain.texts import Sentence


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one most like a name, capitals apart; None if none is like it."""
    by_small = {one.lower(): one for one in known}
    found = get_close_matches(name.lower(), list(by_small), n=1)
    return by_small[found[0]] if found else None


def none_of(word: str, known: tuple[str, ...]) -> Sentence:
    """That a word is none of those there are, and the one that was perhaps meant."""
    near = nearest(word, known)
    if near is not None:
        template = N_("{word} is not one of: {known}; is {near} meant?")
        return Sentence.of(template, word=word, known=known, near=near)
    return Sentence.of(N_("{word} is not one of: {known}"), word=word, known=known)

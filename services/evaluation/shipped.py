"""The policies that come with the platform."""

from functools import cache
from importlib.resources import files

from services.evaluation.domain.extending import called, is_extension, resolve

DEFAULT = "hubei-2017"
SHIPPED = (DEFAULT, "assessment-2011", "assessment-2026", "journal-2009")


@cache
def text_of(policy: str) -> str:
    """The YAML of a shipped policy, whole: with what it has from the one that it extends."""
    text = _file(policy)
    if not is_extension(text):
        return text
    return resolve(text, {called(one): one for one in map(_file, SHIPPED)})[1]


def _file(policy: str) -> str:
    return (files("services.evaluation") / "policies" / f"{policy}.yaml").read_text("utf-8")

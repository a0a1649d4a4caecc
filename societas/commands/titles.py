"""What people call the grades, classes, vetoes and measures that a policy knows by their ids."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from chassis.language import Language

if TYPE_CHECKING:
    from societas.platform import Platform


class Titles:
    """The titles of one policy, in one language; an id without a title stands for itself."""

    def __init__(self, policy: Mapping[str, Any], language: Language) -> None:
        """`policy` is the document of a policy as evaluation serves it."""
        self._language = language
        classes = policy.get("classes") or {}
        rule, rest = classes.get("rule") or {}, classes.get("rest") or {}
        self._grades = self._of(policy.get("grades") or ())
        self._vetoes = self._of(policy.get("vetoes") or ())
        self._classes = self._of([*(classes.get("quotas") or ()), *(one for one in (rule, rest) if one)])

    @classmethod
    def of(cls, platform: "Platform", policy: Mapping[str, Any]) -> "Titles":
        """Those of a policy that a document names by id and version; none where it is not filed any more."""
        from societas.platform import Refused  # noqa: PLC0415 — the command line starts without it

        try:
            found = platform.get(f"/api/evaluation/policies/{policy['id']}@{policy['version']}")
        except Refused:
            found = {}
        return cls(found, platform.language)

    def grade(self, grade: str | None) -> str:
        """A grade."""
        return "—" if grade is None else self._grades.get(grade, grade)

    def veto(self, veto: str) -> str:
        """A veto."""
        return self._vetoes.get(veto, veto)

    def standing(self, standing: str | None) -> str:
        """A class."""
        return "—" if standing is None else self._classes.get(standing, standing)

    def _of(self, titled: Any) -> dict[str, str]:
        return {one["id"]: one["title"][self._language] for one in titled if one.get("title")}

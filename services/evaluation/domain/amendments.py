"""Wrong records: what was withdrawn, what was put right."""

from collections.abc import Iterable

from services.evaluation.domain.facts import Fact


def target_of(fact: Fact) -> str | None:
    """The id of the record that a fact withdraws or corrects; None if it stands for itself."""
    return fact.data.get("withdraws") or fact.data.get("corrects")


class Amendments:
    """The withdrawals and corrections heard so far, in whatever order they came.

    A withdrawn record never happened, also if it was corrected as well. Of several corrections the last by
    (recorded, id) stands, with its time and data in place of the original's, under the original's id and type; a
    withdrawn correction does not count. A record amended before it was heard is amended when it is.
    """

    __slots__ = ("_corrections", "_withdrawals")

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._withdrawals: dict[str, Fact] = {}
        self._corrections: dict[str, dict[str, Fact]] = {}
        for fact in facts:
            self.note(fact)

    def __contains__(self, fact_id: str) -> bool:
        return fact_id in self._withdrawals or fact_id in self._corrections

    def note(self, fact: Fact) -> None:
        """Keeps what the fact says of another; a fact that amends nothing is passed over."""
        if withdrawn := fact.data.get("withdraws"):
            self._withdrawals[withdrawn] = min(fact, self._withdrawals.get(withdrawn, fact), key=_told)
        elif corrected := fact.data.get("corrects"):
            self._corrections.setdefault(corrected, {})[fact.id] = fact

    def withdrawal(self, fact_id: str) -> Fact | None:
        """What withdrew the record; None if nothing did."""
        return self._withdrawals.get(fact_id)

    def correction(self, fact_id: str) -> Fact | None:
        """The correction that stands for the record; None if it stands as first told."""
        candidates = self._corrections.get(fact_id, {}).values()
        return max((fact for fact in candidates if fact.id not in self._withdrawals), key=_told, default=None)

    def standing(self, fact: Fact) -> Fact | None:
        """The record as it stands now; None if it was withdrawn."""
        if fact.id in self._withdrawals:
            return None
        right = self.correction(fact.id)
        return fact if right is None else fact._replace(time=right.time, day=right.day, data=right.data)


def _told(fact: Fact) -> tuple[str, str]:
    return fact.recorded, fact.id

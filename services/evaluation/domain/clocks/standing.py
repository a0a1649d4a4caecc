"""How many duties of a clock are in a state: numbers that stand beside the measures, for conditions to ask for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from services.evaluation.domain.clocks.duty import Duty, State
from services.evaluation.domain.texts import Text

_SAID = {
    State.FULFILLED: ("按期履行", "fulfilled in time"),
    State.DUE: ("未到期", "still due"),
    State.BREACHED: ("逾期未履行", "breached"),
    State.LATE: ("逾期后履行", "fulfilled late"),
}


class Standing(NamedTuple):
    """The duties of one clock that are in one state."""

    clock: str
    state: State

    @property
    def name(self) -> str:
        """What the number is called beside the measures; no author can have chosen it."""
        return f"clock:{self.clock}:{self.state}"

    def title(self, clock: Text) -> Text:
        """What people call it, by the title of the clock."""
        zh, en = _SAID[self.state]
        return Text.model_construct(zh=f"“{clock.zh}”{zh}项数", en=f"duties of “{clock.en}” {en}")


def counted(wanted: Mapping[str, Standing], duties: Iterable[Duty], day: int) -> dict[str, int]:
    """How many of the duties are in each wanted state at the end of the day, by name."""
    found = Counter(Standing(duty.clock, duty.state(day)) for duty in duties)
    return {name: found[standing] for name, standing in wanted.items()}

"""Compliance clocks: what did not happen is a finding on the day after it fell due. Importing registers the kinds."""

from typing import Annotated

from services.evaluation.domain.clocks import deadline, proportion, recurring, silence, tenure, term
from services.evaluation.domain.clocks.clock import Clock, clocks
from services.evaluation.domain.clocks.docket import Docket, docket_of
from services.evaluation.domain.clocks.duty import Duty, State
from services.evaluation.domain.declared import Registered

AnyClock = Annotated[Clock, Registered("clock", clocks)]
"""A clock of any kind, as a policy writes it."""

__all__ = [
    "AnyClock",
    "Clock",
    "Docket",
    "Duty",
    "State",
    "clocks",
    "deadline",
    "docket_of",
    "proportion",
    "recurring",
    "silence",
    "tenure",
    "term",
]

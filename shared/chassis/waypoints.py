"""Named points on an event's way, at which a test can have the process killed."""

import os
import signal
from collections import Counter

NAMES = ("after-append", "before-relay", "after-relay", "after-read", "before-commit", "after-commit")

_passed: Counter[str] = Counter()


def passing(name: str) -> None:
    """Does nothing, unless `SOCIETAS_DIE_AT=name:n` says that the n-th passage is this process's last moment."""
    target = os.environ.get("SOCIETAS_DIE_AT")
    if target is None:
        return
    point, _, nth = target.partition(":")
    if point != name:
        return
    _passed[name] += 1
    if _passed[name] == int(nth or 1):
        os.kill(os.getpid(), signal.SIGKILL)

"""A replay, watched while it lasts."""

import threading
from typing import Any

from chassis.language import N_, translate
from societas.counting import Counting
from societas.platform import Platform

FOLDING = N_("Folding anew")
_LOOKS_EVERY_SECONDS = 0.3
_PATH = "/api/evaluation/verification"


def verification(platform: Platform, counting: Counting) -> dict[str, Any]:
    """What came of folding all logs again."""
    done: list[dict[str, Any]] = []
    failed: list[Exception] = []

    def fold() -> None:
        try:
            done.append(platform.post(_PATH))
        except Exception as error:  # noqa: BLE001 - it is raised again where somebody waits for it
            failed.append(error)

    folding = threading.Thread(target=fold, daemon=True)
    folding.start()
    known = 0
    while folding.is_alive():
        folding.join(_LOOKS_EVERY_SECONDS)
        far = platform.get(_PATH) if folding.is_alive() else {"of": 0}
        if far["of"] and not known:
            known = far["of"]
            counting.part(translate(FOLDING, platform.language), total=known)
        if far["of"]:
            counting.reach(far["events"])
    if failed:
        raise failed[0]
    counting.reach(known)
    return done[0]

"""Houses in processes of their own, to be killed at a named point, stopped, and woken."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from hall import Hall

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


class HouseProcess:
    """An instance of a house of the hall, by its name."""

    def __init__(self, name: str, log: Path) -> None:
        self._name = name
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self, hall: Hall, die_at: str | None = None, **more: float) -> None:
        """`die_at` is the named point at which it is to be killed, and at which passage: `name:n`."""
        settings = await hall.settings(self._name, **more)
        fields = settings.model_dump(mode="json", exclude_defaults=True)
        for secret in ("database_url", "redis_url", "service_token"):
            fields[secret] = getattr(settings, secret).get_secret_value()
        paths = ":".join(map(str, (ROOT, ROOT / "shared", ROOT / "tests", HERE)))
        environment = {**os.environ, "PYTHONPATH": paths, **({"SOCIETAS_DIE_AT": die_at} if die_at else {})}
        with self._log.open("ab") as out:
            self._process = subprocess.Popen(  # noqa: ASYNC220, S603 - our own program, waited for by what it does
                [sys.executable, HERE / "house_process.py", self._name, json.dumps(fields)],
                env=environment,
                stdout=out,
                stderr=out,
            )

    def send(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    @property
    def killed(self) -> bool:
        return self._process is not None and self._process.poll() == -signal.SIGKILL

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

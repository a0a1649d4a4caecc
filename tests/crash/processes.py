"""Houses in processes of their own, to be killed at a named point, stopped, and woken."""

import json
import os
import signal
from multiprocessing.process import BaseProcess
from pathlib import Path

import forks
import programs
from hall import Hall


class HouseProcess:
    """An instance of a house of the hall, by its name."""

    def __init__(self, name: str, log: Path) -> None:
        self._name = name
        self._log = log
        self._process: BaseProcess | None = None

    async def start(self, hall: Hall, die_at: str | None = None, **more: float) -> None:
        """`die_at` is the named point at which it is to be killed, and at which passage: `name:n`."""
        settings = await hall.settings(self._name, **more)
        fields = settings.model_dump(mode="json", exclude_defaults=True)
        for secret in ("database_url", "redis_url", "service_token"):
            fields[secret] = getattr(settings, secret).get_secret_value()
        environment = {"SOCIETAS_DIE_AT": die_at} if die_at else {}
        self._process = forks.start(programs.house, self._log, self._name, json.dumps(fields), **environment)

    def send(self, number: signal.Signals) -> None:
        assert self._process is not None
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    @property
    def killed(self) -> bool:
        return self._process is not None and self._process.exitcode == -signal.SIGKILL

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()

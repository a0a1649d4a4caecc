"""Programs in processes of their own, forked from one that has imported everything: importing takes five seconds."""

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Callable, Coroutine
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["programs"])


def start(
    program: Callable[..., Coroutine[Any, Any, None]], log: Path, *arguments: str, **environment: str
) -> BaseProcess:
    """Runs a coroutine function of `programs`; what it prints goes to the end of a file."""
    # The process that imports is started with the first, and finds modules as we do.
    os.environ.setdefault("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    process = _FORKS.Process(target=_run, args=(program, log, arguments, environment), daemon=True)
    process.start()
    return process


def _run(
    program: Callable[..., Coroutine[Any, Any, None]],
    log: Path,
    arguments: tuple[str, ...],
    environment: dict[str, str],
) -> None:
    os.environ.update(environment)
    with log.open("ab", buffering=0) as out:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(out.fileno(), stream.fileno())
        asyncio.run(program(*arguments))

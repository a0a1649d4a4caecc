"""A command on a terminal of eighty columns, with somebody before it who reads and presses keys."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
CTRL_C = "\x03"
_DRAWN = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Terminal:
    """What the command wrote so far, without colours, is `seen`."""

    def __init__(self, command: Sequence[str], columns: int = 80) -> None:
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        path = f"{ROOT}:{ROOT / 'shared'}"
        environment = {**os.environ, "PYTHONPATH": path, "TERM": "xterm-256color", "LANG": "en_GB.UTF-8"}
        self._master = master
        self._process = subprocess.Popen(  # noqa: S603 - the test's own command
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - before anything else runs
        )  # fmt: skip
        os.close(slave)
        self.seen = ""

    def until(self, text: str, seconds: float = 60.0) -> None:
        """Waits until a text is seen."""
        deadline = time.monotonic() + seconds
        while text not in self.seen:
            assert time.monotonic() < deadline, f"never seen: {text}\n{self.seen[-3000:]}"
            assert self._read(0.5) or self._process.poll() is None, f"ended without {text}\n{self.seen[-3000:]}"

    def press(self, key: str) -> str:
        """Presses a key (Ctrl-C interrupts whoever is in the foreground); returns what was seen before."""
        while self._read(0.1):
            pass
        os.write(self._master, key.encode())
        return self.seen

    def status(self, seconds: float = 30.0) -> int:
        """The exit status, once it has ended."""
        deadline = time.monotonic() + seconds
        while self._process.poll() is None:
            assert time.monotonic() < deadline, f"it does not end\n{self.seen[-3000:]}"
            self._read(0.2)
        while self._read(0.1):
            pass
        return self._process.returncode

    def close(self) -> None:
        """Ends it if it has not ended."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._master)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], seconds)
        try:
            piece = os.read(self._master, 65_536) if ready else b""
        except OSError:  # the other end is closed
            piece = b""
        self.seen = _DRAWN.sub("", self.seen + piece.decode(errors="replace"))
        return bool(piece)

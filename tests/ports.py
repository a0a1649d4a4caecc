"""A port of the loopback that nobody uses, and that nobody is given as the near end of a connection.

A server that is killed and started again needs its own port back. Those that the kernel gives to connections begin at
32768 on Linux, and later elsewhere.
"""

import os
import random
import socket

_LOWEST, _SHARE, _SHARES = 20_000, 1_500, 8
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _SHARES
_next = random.SystemRandom().randrange(_SHARE)


def free_port() -> int:
    """A port that is free; each process of a test run has a share of them, and goes round in it."""
    global _next  # noqa: PLW0603 - where the last one was found
    while True:
        _next = (_next + 1) % _SHARE
        port = _LOWEST + _worker * _SHARE + _next
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port

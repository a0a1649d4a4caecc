"""A cable between the browser and the platform: it can be cut, mended, and asked what went through it."""

import contextlib
import socket
import threading
from collections.abc import Iterator


class Cable:
    """Forwards TCP to a port of the loopback; every connection is kept, so that all can be cut at once."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._ends: set[socket.socket] = set()
        self._whole = True
        self.requests: list[bytes] = []
        self.port = int(self._listening.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Every connection breaks, and no new one lasts."""
        self._whole = False
        for end in list(self._ends):
            self._close(end)

    def mend(self) -> None:
        """New connections go through again."""
        self._whole = True

    def close(self) -> None:
        """The end of it."""
        self._close(self._listening)
        self.cut()

    def _accept(self) -> None:
        for near in self._arriving():
            if not self._whole:
                self._close(near)
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                self._close(near)
                continue
            self._ends |= {near, far}
            threading.Thread(target=self._carry, args=(near, far, self.requests), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, None), daemon=True).start()

    def _arriving(self) -> Iterator[socket.socket]:
        with contextlib.suppress(OSError):
            while True:
                yield self._listening.accept()[0]

    def _carry(self, source: socket.socket, target: socket.socket, seen: list[bytes] | None) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if seen is not None:
                    seen.append(data)
                target.sendall(data)
        self._close(source)
        self._close(target)

    def _close(self, end: socket.socket) -> None:
        self._ends.discard(end)
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()

"""Telling viewers: one ranking for all, encoded once, when something changed and not more often than is seen.

Silence is filled by the response, whose pings keep a connection alive: a viewer here has no clock of its own.
"""

import asyncio
import contextlib
import re
import time
from collections.abc import AsyncIterator

import msgspec
import structlog

from services.evaluation.board import Board, Change

_BREATH_SECONDS = 0.05
_BACKLOG = 200
_VERSION = re.compile("[0-9]{1,18}")
_encode = msgspec.json.Encoder().encode


class Audience:
    """The viewers of one board."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._changed = asyncio.Event()
        self._viewers: set[asyncio.Queue[bytes | None]] = set()
        self._task: asyncio.Task[None] | None = None
        self._applied = 0

    def note(self, applied: int) -> None:
        """Something was committed: the board is to be ranked anew; `applied` events have been kept by now."""
        self._applied = applied
        self._changed.set()

    async def start(self) -> None:
        """Begins to rank and to tell."""
        self._task = asyncio.create_task(self._tell(), name="board")

    async def stop(self) -> None:
        """Ends, and says good-bye to the viewers."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        for viewer in self._viewers:
            viewer.put_nowait(None)

    async def watch(self, last_event_id: str | None) -> AsyncIterator[bytes]:
        """What one viewer gets: what it missed or the whole board, then every change."""
        self.refresh()
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._viewers.add(queue)
        try:
            for message in self._opening(last_event_id):
                yield message
            while (told := await queue.get()) is not None:
                yield told
        finally:
            self._viewers.discard(queue)

    def _opening(self, last_event_id: str | None) -> list[bytes]:
        board = self._board
        missed = board.since(int(last_event_id)) if last_event_id and _VERSION.fullmatch(last_event_id) else None
        if missed is not None:
            return [self._message(change) for change in missed]
        return [_sse("snapshot", board.version, {**self._header(board.version), "ratings": board.rows()})]

    async def _tell(self) -> None:
        while True:
            await self._changed.wait()
            began = time.monotonic()
            try:
                # Nobody looks: ranking waits for whoever does.
                if self._viewers:
                    self.refresh()
            except Exception:  # noqa: BLE001 - a board that cannot be told once is told the next time
                structlog.get_logger().exception("board not told")
            # Where ranking takes long, it takes a third of the time at most: the rest is for what comes in.
            await asyncio.sleep(max(_BREATH_SECONDS, 2 * (time.monotonic() - began)))

    def refresh(self) -> None:
        """Ranks anew at once if something was committed since the last time: who asks now is told what is true now."""
        if not self._changed.is_set():
            return
        self._changed.clear()
        change = self._board.settle(self._applied)
        if change is not None:
            self._spread(self._message(change))

    def _spread(self, message: bytes) -> None:
        for viewer in list(self._viewers):
            if viewer.qsize() < _BACKLOG:
                viewer.put_nowait(message)
            else:
                # Too slow to follow: it is let go, reconnects by itself and is given what it missed.
                self._viewers.discard(viewer)
                viewer.put_nowait(None)

    def _message(self, change: Change) -> bytes:
        return _sse(
            "ratings",
            change.version,
            {**self._header(change.version), "changed": change.changed, "ranks": change.ranks},
        )

    def _header(self, version: int) -> dict[str, object]:
        return {"version": version, "as_of": self._board.day.isoformat(), "applied": version}


def _sse(event: str, id_: int, data: object) -> bytes:
    return b"event: %b\nid: %d\ndata: %b\n\n" % (event.encode(), id_, _encode(data))

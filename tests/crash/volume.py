"""A place for a database that can be filled to the last byte, and emptied again."""

import subprocess
from pathlib import Path
from typing import Any

from sqlalchemy import event

from chassis.database import Database

_CHUNK = 64 * 1024


class CannotMount(Exception):  # noqa: N818 - a state of affairs
    """Only root may mount a volume, and not everywhere."""


class Volume:
    """A small volume of its own."""

    def __init__(self, place: Path, megabytes: int) -> None:
        """Raises CannotMount, with the reason."""
        self.place = place
        place.mkdir(exist_ok=True)
        options = f"size={megabytes}m,mode=0777"
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        try:
            done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - ours
        except FileNotFoundError as error:
            raise CannotMount(str(error)) from error
        if done.returncode:
            raise CannotMount(done.stderr.strip())

    def fill(self) -> None:
        with (self.place / "filler").open("ab", buffering=0) as filler:
            for size in (_CHUNK, 1):
                try:
                    while filler.write(bytes(size)):
                        pass
                except OSError:
                    continue

    def free(self) -> None:
        (self.place / "filler").unlink()

    def unmount(self) -> None:
        subprocess.run(["umount", "-l", str(self.place)], check=True)  # noqa: S603, S607 - ours


class PageLimit:
    """What SQLite itself does when it is told to grow no further; for where no volume can be mounted."""

    def __init__(self, db: Database) -> None:
        self._most = 0
        event.listen(db.engine.sync_engine, "checkout", self._tell)

    def fill(self) -> None:
        # Less than there is stands for what there is.
        self._most = 1

    def free(self) -> None:
        self._most = 2**32 - 2

    def _tell(self, connection: Any, *_: Any) -> None:
        cursor = connection.cursor()
        if self._most:
            cursor.execute(f"PRAGMA max_page_count = {self._most}")
        cursor.close()

"""How a command speaks to a person: results on stdout, everything else on stderr, in Chinese or in English."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer

from chassis.language import N_, Language, Phrase, translate
from societas.commands.options import DEFAULT_PORT, DEFAULT_URL

if TYPE_CHECKING:
    from rich.console import Console

    from societas.counting import Counting
    from societas.platform import Platform

FAILED = 1
WIDE = 160
STOPPED = N_("Stopped.")
ANOTHER_PORT = N_("Port {usual} is taken; port {port} is served instead.")


@dataclass(frozen=True, slots=True)
class Session:
    """One run of one command: its language, its form of output, and the platform it speaks to."""

    as_json: bool = False
    lang: Language | None = None
    url: str | None = None
    token: str | None = None
    data: Path | None = None
    language: Language = field(init=False)

    def __post_init__(self) -> None:
        """The language is decided at the start."""
        object.__setattr__(self, "language", self.lang or _language_of_the_machine())

    @property
    def directory(self) -> Path:
        """The data directory: the one that was named, else that of the platform at the address."""
        from societas.directories import directory_at  # noqa: PLC0415 — the command line starts without it

        return self.data or directory_at(self.address)

    @property
    def address(self) -> str:
        """Where the platform is: as was said, else where that of the data directory is. Raises NotRunning."""
        from societas.directories import address_at  # noqa: PLC0415 — as above

        return self.url or address_at(self.data) or DEFAULT_URL

    @contextmanager
    def platform(self) -> Iterator["Platform"]:
        """The running platform; what it refuses ends the command."""
        from societas.directories import vouches  # noqa: PLC0415 — the command line starts without it
        from societas.platform import Platform, token_for  # noqa: PLC0415 — as above

        with self.answering():
            address, directory = self.address, self.directory
            token = token_for(directory if vouches(directory, address) else None, self.token)
            with Platform(address, token, self.language) as platform:
                yield platform

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Ends the command with status 1 and a sentence when something was refused or failed."""
        from chassis.refusals import Refusal  # noqa: PLC0415 — as above
        from societas.platform import Refused  # noqa: PLC0415 — as above

        try:
            yield
        except Refusal as refusal:
            texts = [refusal.explained(language) for language in self.languages()]
            self.fail(refusal.as_json(self.language), "\n".join([refusal.titled(self.language), *texts]))
        except Refused as refused:
            self.fail(refused.problem, f"{refused.problem.get('title')}\n{_told(refused.problem)}\n{refused.request}")
        except KeyboardInterrupt:
            self.note(STOPPED)
            raise typer.Exit(130) from None

    def fail(self, problem: Any, text: str) -> None:
        """Tells what was wrong, on stderr, and ends the command with status 1."""
        sys.stderr.write(f"{json.dumps({'error': problem}, ensure_ascii=False) if self.as_json else text}\n")
        raise typer.Exit(FAILED)

    def say(self, msgid: str, **values: object) -> str:
        """A text in the person's language."""
        return translate(msgid, self.language, **values)

    def note(self, msgid: Phrase, **values: object) -> None:
        """Tells something on the way, on stderr."""
        sys.stderr.write(self.say(msgid, **values) + "\n")

    def note_port(self, port: int, asked: int | None) -> None:
        """Says which port is served where another program has the usual one."""
        if asked is None and port != DEFAULT_PORT:
            self.note(ANOTHER_PORT, usual=DEFAULT_PORT, port=port)

    def result(self, document: Any) -> None:
        """Prints one JSON document on stdout."""
        sys.stdout.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")
        sys.stdout.flush()

    @contextmanager
    def output(self, file: Path | None) -> Iterator[TextIO]:
        """Where a result goes that is no single document: a file, or stdout; raises FileNotWritable."""
        from societas.files import writable  # noqa: PLC0415 — as above

        if file is None:
            yield sys.stdout
            return
        with writable(file) as out:
            yield out

    def counting(self) -> "Counting":
        """Bars with counts, on stderr."""
        from societas.counting import Counting  # noqa: PLC0415 — as above

        return Counting(self.console(stderr=True))

    def console(self, *, stderr: bool = False) -> "Console":
        """A Rich console; tables go to stdout, progress to stderr."""
        from rich.console import Console  # noqa: PLC0415 — as above

        out = sys.stderr if stderr else sys.stdout
        # A pipe has no width; a table in it need not be cut to that of a terminal.
        return Console(stderr=stderr, highlight=False, width=None if out.isatty() else WIDE)

    def languages(self) -> tuple[Language, ...]:
        """The languages in which the person is told what was wrong."""
        return ("en",) if self.language == "en" else ("zh", "en")


def _told(problem: Any) -> str:
    from societas.platform import shown_fault  # noqa: PLC0415 — as above

    errors = problem.get("errors") or ()
    return "\n  ".join([str(problem.get("detail")), *map(shown_fault, errors)])


def _language_of_the_machine() -> Language:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if spoken.lower().startswith("en") else "zh"

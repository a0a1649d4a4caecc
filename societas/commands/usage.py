"""How the command line explains itself: Chinese first, English beside it, both whole, whatever the terminal's width."""

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

import typer
from typer._click.core import Command
from typer._click.exceptions import BadParameter, MissingParameter, NoArgsIsHelpError, NoSuchOption, UsageError
from typer._click.formatting import HelpFormatter
from typer.core import TyperGroup

from chassis.language import N_, Phrase

BETWEEN = " · "
_WIDEST_NAME = 28
_GAP = 2
_WIDE = frozenset("WF")
# A word, or one character of those that are written without blanks, with the punctuation that may not begin a line.
_PIECES = re.compile(r"\s+|[\u2e80-\uffef][，。；：、）》]*|[^\s\u2e80-\uffef]+[，。；：、）》]*")
_OTHER_TEXTS = {
    "Options": "选项 · Options",
    "Commands": "命令 · Commands",
    "Arguments": "参数 · Arguments",
    "Show this message and exit.": "Show this help · 显示本帮助",
    "Install completion for the current shell.": "Install completion for the current shell · 安装当前终端的命令补全",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "Show completion for the current shell · 显示当前终端的命令补全脚本"
    ),
}
TRY = N_("Try `{command} --help`.")
NO_COMMAND, NO_OPTION = N_("There is no command {value}."), N_("There is no option {value}.")
MEANT = N_("There is no command {value}. Did you mean {known}?")
MISSING_ARGUMENT, MISSING_OPTION = N_("The argument {value} is missing."), N_("The option {value} is missing.")
MISSING_COMMAND = N_("Say which command.")
TOO_MANY = N_("There are more arguments than it takes: {value}")
OTHERWISE = N_("It cannot be read: {said}")
_MESSAGES = (
    (r"No such command '(?P<value>.*?)'. Did you mean (?P<known>.*)\?", MEANT),
    (r"No such command '(?P<value>.*?)'", NO_COMMAND),
    (r"Got unexpected extra arguments?(?:\(s\))? \((?P<value>.*)\)", TOO_MANY),
    (r"Missing command", MISSING_COMMAND),
)
_VALUES = (
    (r"(?:Value error, )?.* is not one of (?P<expected>.*?)", N_("This must be one of: {expected}.")),
    (r".*greater than or equal to (?P<ge>\S+)", N_("This must be {ge} or more.")),
    (r".*less than or equal to (?P<le>\S+)", N_("This must be {le} or less.")),
    (r".*valid integer.*", N_("This must be a whole number.")),
    (r".*valid number.*", N_("This must be a number.")),
)


class Group(TyperGroup):
    """The root of the commands: it and all below it explain themselves in both languages."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        _speak(self)

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """As a group does, usage errors explained."""
        with _explained():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: Any) -> Any:
        """As a group does, usage errors explained."""
        with _explained():
            return super().invoke(ctx)


class Context(typer.Context):
    """A command's context, with pages of our own."""


class Page(HelpFormatter):
    """A page of help: texts of the form `English · 中文` have the Chinese first; columns count what is seen."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - the same in every language here
        """How the command is called."""
        self.write(f"用法 Usage: {prog} {args}\n")

    def write_heading(self, heading: str) -> None:
        """A heading in both languages."""
        self.write(f"{' ' * self.current_indent}{_OTHER_TEXTS.get(heading, heading)}:\n")

    def write_text(self, text: str) -> None:
        """A text, the Chinese in a paragraph before the English."""
        for line in _both(text):
            self._write_folded(line, self.current_indent)

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:  # noqa: ARG002 - the table's own
        """Names and what they mean, on one line where there is room for both languages."""
        column = self.current_indent + min(max(width(name) for name, _ in rows), _WIDEST_NAME) + _GAP
        for name, text in rows:
            first = " " * self.current_indent + name
            self.write(first)
            if width(first) + _GAP > column:
                self.write("\n")
                first = ""
            self.write(" " * (column - width(first)))
            for line in self._beside(text, column):
                self.write(line)

    def _beside(self, text: str, column: int) -> Iterator[str]:
        said = _both(text)
        together = BETWEEN.join(said)
        lines = [together] if column + width(together) <= self.width else said
        folded = [part for line in lines for part in fold(line, self.width - column)]
        for number, line in enumerate(folded or [""]):
            yield f"{' ' * column if number else ''}{line}\n"

    def _write_folded(self, text: str, indent: int) -> None:
        for line in fold(text, self.width - indent):
            self.write(f"{' ' * indent}{line}\n")


Context.formatter_class = Page


class Explained(UsageError):  # noqa: N818 - the same error, said otherwise
    """A usage error, said in the person's languages."""

    def __init__(self, error: UsageError) -> None:
        super().__init__(error.message, error.ctx)
        self._error = error

    def show(self, file: IO[Any] | None = None) -> None:
        """Says what was wrong, and where help is."""
        from societas.commands.session import Session  # noqa: PLC0415 - it is rarely needed

        command = self.ctx.command_path if self.ctx is not None else "societas"
        out = file or sys.stderr
        for language in Session().languages():
            said = Session(lang=language).say
            place, sentence, values = _told(self._error)
            out.write(f"{place}{said(sentence, **values)} {said(TRY, command=command)}\n")


def _speak(command: Command) -> None:
    command.context_class = Context
    # Else a list of commands would have the beginning of each text, and of most of them no Chinese.
    command.short_help = command.short_help or command.help
    for below in getattr(command, "commands", {}).values():
        _speak(below)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (Explained, NoArgsIsHelpError):
        raise
    except UsageError as error:
        raise Explained(error) from None


def _told(error: UsageError) -> tuple[str, Phrase, dict[str, object]]:
    """Which option or argument it is about, where it is about the value of one; and what is to be said."""
    if isinstance(error, MissingParameter) and error.param is not None:
        argument = error.param.param_type_name == "argument"
        return "", MISSING_ARGUMENT if argument else MISSING_OPTION, {"value": error.param.get_error_hint()}
    if isinstance(error, NoSuchOption):
        return "", NO_OPTION, {"value": error.option_name}
    if isinstance(error, BadParameter):
        hint = error.param_hint or (error.param.get_error_hint() if error.param is not None else "")
        place = hint if isinstance(hint, str) else " ".join(hint)
        return f"{place}: " if place else "", *_matched(_VALUES, error.message)
    return "", *_matched(_MESSAGES, error.format_message())


def _matched(known: Sequence[tuple[str, Phrase]], message: str) -> tuple[Phrase, dict[str, object]]:
    for pattern, sentence in known:
        if found := re.fullmatch(pattern, message.rstrip(".")):
            return sentence, dict(found.groupdict())
    return OTHERWISE, {"said": message}


def width(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return sum(1 + (unicodedata.east_asian_width(sign) in _WIDE) for sign in text)


def fold(text: str, columns: int) -> list[str]:
    """A text in lines of at most so many columns, broken at blanks and between Chinese characters."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if width(line + piece.rstrip()) > columns and line:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _both(text: str) -> list[str]:
    """The Chinese and the English of a text, in this order; what only has one language is left as it is."""
    text = _OTHER_TEXTS.get(text.strip(), text).replace("\b\n", "")
    found = re.fullmatch(
        r"(?P<en>.*?) · (?P<zh>[^·]*[\u4e00-\u9fff][^·]*?)\.?(?P<more> {2}\[.*\])?", text.strip(), re.DOTALL
    )
    if found is None:
        return text.split("\n")
    return [found["zh"].strip(), " ".join(found["en"].split()) + (found["more"] or "")]

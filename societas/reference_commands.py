"""The page of docs/ that says what the command line says of itself."""

import inspect
from collections.abc import Iterator

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from societas.cli import app


def commands_page() -> Iterator[str]:
    """Every command with its arguments and options, as `--help` shows them."""
    yield "# Commands\n"
    yield "`make setup` puts `societas` into `.venv/bin/`. Every command takes `--help`.\n"
    for path, command in commands():
        yield f"## `societas {path}`\n\n{_prose(command)}\n"
        shown = [parameter for parameter in command.params if isinstance(parameter, TyperOption | TyperArgument)]
        if shown:
            yield "| argument or option | default | |\n| --- | --- | --- |"
            yield from map(_row, shown)
            yield ""


def commands() -> list[tuple[str, TyperCommand]]:
    """Every command that does something, by the words one types after `societas`."""
    return list(_leaves("", typer.main.get_command(app)))


def _leaves(path: str, command: object) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperCommand):
        yield path, command
    if isinstance(command, TyperGroup):
        for name, part in sorted(command.commands.items()):
            yield from _leaves(f"{path} {name}".strip(), part)


def _prose(command: TyperCommand) -> str:
    return inspect.cleandoc(command.help or "").replace("\b\n", "")


def _row(parameter: TyperOption | TyperArgument) -> str:
    help_text = " ".join((parameter.help or "").split()).replace("|", "\\|").replace("<", "&lt;")
    if isinstance(parameter, TyperOption):
        names = ", ".join(f"`{name}`" for name in [*parameter.opts, *parameter.secondary_opts])
        return f"| {names} | {_default(parameter)} | {help_text} |"
    return f"| `{(parameter.name or '').upper()}` | {'required' if parameter.required else ''} | {help_text} |"


def _default(option: TyperOption) -> str:
    if option.required:
        return "required"
    if option.secondary_opts:
        return f"`{(option.opts if option.default else option.secondary_opts)[0]}`"
    untold = option.default is None or option.default is False or callable(option.default)
    return "" if untold or option.multiple else f"`{option.default}`"

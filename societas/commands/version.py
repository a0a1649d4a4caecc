"""`societas --version`."""

from typing import Annotated

import typer

from chassis.version import version


def _tell(asked: bool) -> None:
    if asked:
        typer.echo(f"societas {version()}")
        raise typer.Exit


def front(
    _: Annotated[
        bool, typer.Option("--version", callback=_tell, is_eager=True, help="Show the version · 显示版本")
    ] = False,
) -> None:
    """What is said before any command."""

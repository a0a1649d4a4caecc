"""The moment that a reading command asks about."""

from typing import Annotated

import typer

AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="As it stood at the end of this day · 截至日期")
]
KnownAt = Annotated[
    str | None, typer.Option("--known-at", metavar="INSTANT", help="By what was recorded by then · 当时已知的记录")
]

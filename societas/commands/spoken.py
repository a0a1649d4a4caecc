"""Commands that only ask the platform something: the options they all have are added here."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from societas.commands.options import AsJson, Data, Lang, Token, Url
from societas.commands.session import Session


def spoken(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose first parameter is its session gets --url, --token, --data, --json and --lang instead."""

    @wraps(command)
    def run(
        *,
        url: Url = None,
        token: Token = None,
        data: Data = None,
        as_json: AsJson = False,
        lang: Lang = None,
        **own: Any,
    ) -> None:
        command(Session(as_json=as_json, lang=lang, url=url, token=token, data=data), **own)

    added = {"url": Url, "token": Token, "data": Data, "as_json": AsJson, "lang": Lang}
    defaults: dict[str, object] = {
        "url": None,
        "token": None,
        "data": None,
        "as_json": False,
        "lang": None,
    }
    own = [
        one.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for one in [*inspect.signature(command).parameters.values()][1:]
    ]
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=defaults[name], annotation=kind)
        for name, kind in added.items()
    ]
    run.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in [*own, *shared]} | {"return": None}
    return run

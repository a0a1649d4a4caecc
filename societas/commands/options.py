"""Options that many commands have, named and explained once, in Chinese and in English."""

from pathlib import Path
from typing import Annotated, Literal

import typer

DEFAULT_PORT = 8080
DEFAULT_URL = f"http://127.0.0.1:{DEFAULT_PORT}"

Url = Annotated[
    str | None,
    typer.Option(
        "--url", envvar="SOCIETAS_URL", help="Address of the platform; else that of the data directory's · 平台地址"
    ),
]
Token = Annotated[
    str | None,
    typer.Option(
        "--token", help="Bearer token; else SOCIETAS_TOKEN, else <data>/admin.token for its own platform · 访问令牌"
    ),
]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data", envvar="SOCIETAS_DATA", help="Data directory; else .societas, of a demo .societas-demo · 数据目录"
    ),
]
Port = Annotated[
    int | None,
    typer.Option("--port", min=1, max=65535, help="Port to serve on; else 8080 or the next that is free · 服务端口"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON · 输出 JSON")]
Lang = Annotated[Literal["zh", "en"] | None, typer.Option("--lang", help="Language; else by LANG · 语言")]
ServiceName = Annotated[
    Literal["membership", "events", "federation", "evaluation"] | None,
    typer.Option("--service", help="Only this one; else all · 仅此服务，默认全部"),
]

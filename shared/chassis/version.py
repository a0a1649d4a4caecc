"""Which version this is: pyproject.toml says it, and nothing else does."""

import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


@cache
def version() -> str:
    """The version of the sources at hand; of a wheel, where there is no pyproject.toml, that of the wheel."""
    if _PROJECT.is_file():
        return str(tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["version"])
    return metadata.version("societas")

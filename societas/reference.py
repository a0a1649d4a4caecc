"""The pages of docs/ that say what the code says: events, settings, commands; a test holds them to it.

``python -m societas.reference docs`` writes them; ``--check`` only names those that differ.
"""

import argparse
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic_core import PydanticUndefined

from chassis.settings import Settings
from contracts.catalogue import CATALOGUE, SPEAKERS
from contracts.event import Event

NOTE = "<!-- Written by `make docs` from the code; change it there. -->"
Lines = Iterator[str]


def pages() -> dict[str, str]:
    """File name and content of every page."""
    from societas.reference_commands import commands_page  # noqa: PLC0415 — the command line is loaded only here

    made = {"events.md": events_page(), "settings.md": settings_page(), "commands.md": commands_page()}
    return {name: f"{NOTE}\n\n" + "\n".join(lines) + "\n" for name, lines in made.items()}


def events_page() -> Lines:
    """Every event: what it means, when it is told, each field of its data; then the words that fill fields."""
    yield "# Events\n"
    yield "Each event is a CloudEvents 1.0 JSON document; the tables show its `data`. The envelope carries `subject`"
    yield "(the society, the federation, the review, `calendar` or `policy`) and `time` (when it happened). No event"
    yield "carries personal data: ids and counts only. JSON Schemas are in `shared/contracts/schemas/`.\n"
    for speaker in SPEAKERS:
        yield f"## {speaker}\n"
        for event in CATALOGUE.values():
            if event.speaker == speaker:
                yield from _event(event)
    yield "## Words\n"
    for name, words in sorted(_words().items()):
        yield f"### {name}\n\n{words['description']}\n\n{_listed(words['enum'])}\n"


def _event(event: type[Event]) -> Lines:
    yield f"### `{event.type}`\n\n{inspect.cleandoc(event.__doc__ or '')}\n"
    schema = event.data_schema()
    yield "| field | type |\n| --- | --- |"
    for name, field in schema["properties"].items():
        yield f"| `{name}`{'' if name in schema['required'] else ' (optional)'} | {_type(field)} |"
    yield ""


def _type(field: dict[str, Any]) -> str:
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in field:
        return " or ".join(_type(choice) for choice in field["anyOf"])
    if "-7[0-9a-f]{3}-" in field.get("pattern", ""):
        return "UUIDv7"
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    if field.get("type") == "object":
        ((names, values),) = field["patternProperties"].items()
        return f"{_type(values)}, by names that match `{names}`"
    kind = str(field.get("format") or field.get("type", "any"))
    bounds = [f"{sign} {field[key]}" for key, sign in (("minimum", "≥"), ("maximum", "≤")) if key in field]
    pattern = [f"matches `{field['pattern']}`".replace("|", "\\|")] if "pattern" in field else []
    return ", ".join([kind, *bounds, *pattern])


def _words() -> dict[str, dict[str, Any]]:
    found = {}
    for event in CATALOGUE.values():
        definitions = event.data_schema().get("$defs", {})
        found.update({name: words for name, words in definitions.items() if "enum" in words})
    return found


def _listed(words: list[str]) -> str:
    return " · ".join(f"`{word}`" for word in words)


def settings_page() -> Lines:
    """Every setting of a service: its variable, its type, its default and what it decides."""
    yield "# Settings\n"
    yield "A service takes its settings from environment variables, or from files of the same names, in lower case, in"
    yield "`/run/secrets`. `societas up` and `societas demo` set them for the services they run.\n"
    yield "| variable | type | default | decides |\n| --- | --- | --- | --- |"
    prefix = Settings.model_config.get("env_prefix", "")
    for name, field in Settings.model_fields.items():
        default = "required" if field.is_required() else f"`{field.get_default(call_default_factory=True)}`"
        limits = "".join(f", {limit}" for limit in _limits(field.metadata))
        cells = (f"`{prefix}{name.upper()}`", _annotation(field.annotation) + limits, default, field.description)
        yield f"| {' | '.join(map(str, cells))} |"


def _annotation(annotation: Any) -> str:
    text = (
        annotation.__name__ if isinstance(annotation, type) and not hasattr(annotation, "__args__") else str(annotation)
    )
    plain = re.sub(r"typing\.|pathlib\.|_local\.|pydantic\.types\.", "", text).replace("SecretStr", "secret")
    return f"`{plain}`".replace("|", "\\|")


def _limits(metadata: list[Any]) -> Lines:
    for limit in metadata:
        for name, sign in (("ge", "≥"), ("gt", ">"), ("le", "≤"), ("lt", "<")):
            value = getattr(limit, name, PydanticUndefined)
            if value is not PydanticUndefined:
                yield f"{sign} {value}"


def differing(folder: Path) -> list[str]:
    """Names of the pages in `folder` that are not what the code says."""
    return [name for name, text in pages().items() if _read(folder / name) != text]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main(arguments: list[str] | None = None) -> int:
    """Write the pages, or name those that differ; exit status 1 if a check finds one."""
    parser = argparse.ArgumentParser(prog="python -m societas.reference", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing, name the pages that differ")
    options = parser.parse_args(arguments)
    if options.check:
        differ = differing(options.folder)
        sys.stderr.writelines(f"{options.folder / name}: differs, run make docs\n" for name in differ)
        return 1 if differ else 0
    for name, text in pages().items():
        (options.folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

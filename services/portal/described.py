"""What the OpenAPI document says of the portal's answers: each is a page, also where there is nothing to show."""

from typing import Any

_PAGE = {"text/html": {"schema": {"type": "string"}}}
_REFUSED = {"description": "There is nothing to show; the page tells why", "content": _PAGE}
_AWAY = {"description": "The evaluation service does not answer; the page says so", "content": _PAGE}


def described(document: dict[str, Any]) -> dict[str, Any]:
    """The document with pages where the platform's other services answer with JSON."""
    for operations in document["paths"].values():
        for operation in operations.values():
            answers = operation["responses"]
            answers["4XX"] = _REFUSED
            if operation["tags"] != ["health"]:
                answers["200"] = {"description": "The page", "content": _PAGE}
                answers["503"] = _AWAY
    return document

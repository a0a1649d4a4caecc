"""Rows of a list, each read by itself: one that is malformed hides nothing of what is wrong with the others."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from chassis.faults import sentence_of
from chassis.refusals import Refusal


class NotAsAsked(Refusal):
    """A value of a row has not the form that is asked for."""

    slug = "invalid-request"

    def __init__(self, error: Mapping[str, Any]) -> None:
        """`error` is pydantic's."""
        sent = error.get("input")
        # A refusal's text is its class's as a rule; of these faults each has its own.
        self.detail, values = sentence_of(error)  # type: ignore[misc]
        field = ".".join(str(step) for step in error["loc"])
        super().__init__(field=field, value=sent if isinstance(sent, str | int | float | bool) else None, **values)


def malformed(error: ValidationError) -> list[Refusal]:
    """What is wrong with the form of a row."""
    return [NotAsAsked(one) for one in error.errors(include_url=False)]


def _or_what_is_wrong(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    try:
        return handler(value)
    except ValidationError as error:
        return error


BY_ITSELF = WrapValidator(_or_what_is_wrong)
"""Of a row's type: what cannot be read is kept as its ValidationError."""

"""What HTTP itself refuses, before any rule of the domain is asked."""

from collections.abc import Mapping
from typing import ClassVar

from chassis.language import N_
from chassis.refusals import Refusal


class InvalidRequest(Refusal):
    """Values of the request do not have the form asked for; `errors` names each."""

    slug = "invalid-request"
    title = N_("The request is not valid")
    detail = N_("Some values are not as they should be ({count}); `errors` names each.")


class MalformedJson(Refusal):
    """The body is not JSON."""

    slug = "malformed-json"
    status = 400
    title = N_("The body is not valid JSON")
    detail = N_("The body cannot be read as JSON; the fault is at character {position}.")


class BadRequest(Refusal):
    """The request cannot be read at all."""

    slug = "bad-request"
    status = 400
    title = N_("The request cannot be read")
    detail = N_("The request is malformed.")


class BodyTooLarge(Refusal):
    """The body is larger than this path takes."""

    slug = "body-too-large"
    status = 413
    title = N_("The body is too large")
    detail = N_("A request body may have at most {limit} bytes here. Split it into several requests.")
    headers: ClassVar[Mapping[str, str]] = {"Connection": "close"}


class UnsupportedMediaType(Refusal):
    """The body is not of a kind we read."""

    slug = "unsupported-media-type"
    status = 415
    title = N_("This kind of content is not read here")
    detail = N_("Send JSON, with the header Content-Type: application/json.")


class NotFound(Refusal):
    """There is no such path."""

    slug = "not-found"
    status = 404
    title = N_("There is nothing here")
    detail = N_("No resource has this address.")


class MethodNotAllowed(Refusal):
    """The path exists and this method does not."""

    slug = "method-not-allowed"
    status = 405
    title = N_("This method does not exist here")
    detail = N_("The header Allow lists the methods this address knows.")


class StoreUnavailable(Refusal):
    """The service's own database does not answer."""

    slug = "store-unavailable"
    status = 503
    title = N_("The records cannot be reached now")
    detail = N_(
        "The database does not answer. Try again shortly; with an Idempotency-Key, repeating a write is harmless."
    )
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "5"}


class StoreFull(Refusal):
    """There is no room left where the service's own database keeps its files."""

    slug = "store-full"
    status = 507
    title = N_("There is no room left for records")
    detail = N_(
        "The volume of the database is full, and nothing of this request was kept. Repeat it when there is room again; "
        "with an Idempotency-Key, repeating a write is harmless."
    )
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "60"}


class InternalError(Refusal):
    """A fault of the program; what it was is in the log, under the correlation id."""

    slug = "internal-error"
    status = 500
    title = N_("Something went wrong here")
    detail = N_("The fault is ours, not yours. Quote the correlation id {correlation_id} when you report it.")


class Unserved(Refusal):
    """Any other status the framework answers with."""

    slug = "http-error"
    title = N_("The request cannot be served")
    detail = N_("The request was refused with HTTP status {http_status}.")


_BY_STATUS: Mapping[int, type[Refusal]] = {
    kind.status: kind for kind in (BadRequest, NotFound, MethodNotAllowed, UnsupportedMediaType)
}


def for_status(status: int) -> Refusal:
    """The refusal that stands for an HTTP status raised by the framework."""
    if status in _BY_STATUS:
        return _BY_STATUS[status]()
    kind: type[Refusal] = type("Unserved", (Unserved,), {"status": status})
    return kind(http_status=status)

"""Query parameters that an endpoint does not know, or that came twice: refused by name.

One that is passed over asks another question.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant

from chassis.language import N_
from chassis.refusals import Refusal, refuse

ON_THE_WAY = frozenset({"_", "from", "isappinstalled"})
"""What others hang onto an address and nobody asks by: clients, to get round a cache (`_`); messengers, where a link
was shared (`from`, `isappinstalled`). So is what begins with `utm_`. No endpoint may have such a parameter."""

_CAMPAIGN = "utm_"


class UnknownQuery(Refusal):
    """The endpoint has no query parameter of this name."""

    slug = "unknown-query-parameter"
    title = N_("Unknown query parameter")
    detail = N_("There is no query parameter {field} here; there are: {known}.")


class RepeatedQuery(Refusal):
    """A parameter came more than once: which of its values is meant, nobody can say."""

    slug = "repeated-query-parameter"
    title = N_("A query parameter was given more than once")
    detail = N_("Give {field} once; it came with the values {values}.")


class NoQuery(Refusal):
    """The endpoint has no query parameters at all."""

    slug = "unknown-query-parameter"
    title = N_("Unknown query parameter")
    detail = N_("There is no query parameter {field} here, nor any other.")


def parameters_of(dependant: Dependant) -> Mapping[str, bool]:
    """The query parameters of an endpoint and of all it depends on, and whether each takes several values."""
    found = {field.alias: _is_list(field.field_info.annotation) for field in dependant.query_params}
    for each in dependant.dependencies:
        found.update(parameters_of(each))
    return found


def _is_list(annotation: object) -> bool:
    return get_origin(annotation) is list or any(map(_is_list, get_args(annotation)))


def refuse_misused(request: Request, known: Mapping[str, bool]) -> None:
    """Refuses a request with query parameters that are not known, or that came more often than they are taken.

    Raises:
        UnknownQuery, NoQuery, RepeatedQuery: one of them; SeveralFaults: more.
    """
    sent = request.query_params
    refuse([fault for name in sent if not added_on_the_way(name) for fault in _faults(name, sent.getlist(name), known)])


def _faults(name: str, values: Sequence[str], known: Mapping[str, bool]) -> Iterator[Refusal]:
    if name not in known:
        kind, said = (UnknownQuery, {"known": sorted(known)}) if known else (NoQuery, {})
        yield kind(field=name, value=values[-1], **said)
    elif len(values) > 1 and not known[name]:
        yield RepeatedQuery(field=name, value=list(values), values=values)


def added_on_the_way(name: str) -> bool:
    """Whether a parameter is one that others add."""
    return name in ON_THE_WAY or name.startswith(_CAMPAIGN)

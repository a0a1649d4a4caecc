"""Query parameters that an endpoint does not know: refused by name, since one passed over asks another question."""

from collections.abc import Collection

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


class NoQuery(Refusal):
    """The endpoint has no query parameters at all."""

    slug = "unknown-query-parameter"
    title = N_("Unknown query parameter")
    detail = N_("There is no query parameter {field} here, nor any other.")


def names_of(dependant: Dependant) -> frozenset[str]:
    """The query parameters of an endpoint, those of everything it depends on included."""
    return frozenset(field.alias for field in dependant.query_params).union(*map(names_of, dependant.dependencies))


def refuse_unknown(request: Request, known: Collection[str]) -> None:
    """Refuses a request with query parameters that are not known.

    Raises:
        UnknownQuery, NoQuery: one of them; SeveralFaults: more.
    """
    sent = request.query_params
    strange = [name for name in sent if name not in known and not added_on_the_way(name)]
    kind, values = (UnknownQuery, {"known": sorted(known)}) if known else (NoQuery, {})
    refuse([kind(field=name, value=sent[name], **values) for name in strange])


def added_on_the_way(name: str) -> bool:
    """Whether a parameter is one that others add."""
    return name in ON_THE_WAY or name.startswith(_CAMPAIGN)

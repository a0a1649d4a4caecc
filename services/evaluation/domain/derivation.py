"""Where a rating comes from, as a document that anybody can work out again (W3C PROV-JSON).

Entities are the society's events, the policy, the rating and each indicator's points; one activity made the latter of
the former. The events' data and the policy's text are enclosed, each with its digest.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from chassis.language import N_
from services.evaluation.domain.checking import load_filed
from services.evaluation.domain.explaining import explain
from services.evaluation.domain.explanation import Explanation, IndicatorExplained
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.problems import PolicyRefused
from services.evaluation.domain.rating import facts_known
from services.evaluation.domain.texts import Sentence

_PREFIX = {"prov": "http://www.w3.org/ns/prov#", "societas": "urn:societas:"}
_RATE, _SERVICE, _RATING, _POLICY = "societas:rate", "societas:evaluation", "societas:rating", "societas:policy"
_EVENT = "societas:event/"
_SHOWN = 5

_ALTERED = N_("{what} is not what it was when it was enclosed: its digest does not match")
_DIFFERS = N_("{what} is {said} in the file, but {found} by the enclosed events and policy")
_MORE = N_("and {count} more differences")


class Terms(NamedTuple):
    """What was asked: of whom, as of which day, by what was known at which instant; and when it was answered."""

    society: str
    as_of: date
    known_at: str | None
    made_at: str


class NoDerivation(Exception):  # noqa: N818 — a state of affairs
    """The document does not have the parts a derivation has."""


def derive(facts: list[Fact], policy: Policy, terms: Terms) -> dict[str, Any]:
    """The derivation of a society's rating from everything known of it."""
    known = sorted(facts_known(facts, terms.known_at, terms.society), key=lambda fact: (fact.time, fact.id))
    told = explain(known, policy, terms.as_of, terms.known_at, society=terms.society)
    indicators = {f"societas:indicator/{one.indicator.id}": one for one in told.indicators}
    events = {fact.id for fact in known}
    made = {_RATING, *indicators}
    derived = [(name, used) for name, one in indicators.items() for used in _origins(one, events)]
    return {
        "prefix": _PREFIX,
        "entity": {
            **{_EVENT + fact.id: _sealed(_event(fact)) for fact in known},
            _POLICY: _policy(policy),
            **{name: _indicator(one) for name, one in indicators.items()},
            _RATING: _rating(told),
        },
        "activity": {
            _RATE: {
                "prov:endTime": terms.made_at,
                "societas:society": terms.society,
                "societas:as_of": terms.as_of.isoformat(),
                "societas:known_at": terms.known_at,
            }
        },
        "agent": {_SERVICE: {"prov:type": "prov:SoftwareAgent"}},
        "used": _related([{"prov:activity": _RATE, "prov:entity": _EVENT + fact.id} for fact in known]),
        "wasGeneratedBy": _related([{"prov:entity": name, "prov:activity": _RATE} for name in sorted(made)]),
        "wasDerivedFrom": _related(
            [{"prov:generatedEntity": name, "prov:usedEntity": _EVENT + used} for name, used in derived]
            + [{"prov:generatedEntity": _RATING, "prov:usedEntity": name} for name in indicators]
        ),
        "wasAssociatedWith": {"_:associated": {"prov:activity": _RATE, "prov:agent": _SERVICE, "prov:plan": _POLICY}},
        "wasAttributedTo": {"_:attributed": {"prov:entity": _RATING, "prov:agent": _SERVICE}},
    }


def faults(document: Mapping[str, Any]) -> list[Sentence]:
    """What in a derivation does not match: digests, and everything that comes out otherwise when worked out again.

    Raises:
        NoDerivation: it has not the parts of one.
    """
    try:
        entities = document["entity"]
        altered = [name for name, one in entities.items() if "societas:hash" in one and not _intact(name, one)]
        told = document["activity"][_RATE]
        terms = Terms(
            str(told["societas:society"]),
            date.fromisoformat(told["societas:as_of"]),
            told["societas:known_at"],
            str(told["prov:endTime"]),
        )
        events = {name: one for name, one in entities.items() if name.startswith(_EVENT)}
        facts = [_fact(name.removeprefix(_EVENT), one) for name, one in events.items()]
        again = json.loads(canonical(derive(facts, load_filed(entities[_POLICY]["societas:text"]), terms)))
    except PolicyRefused:
        return [Sentence.of(_ALTERED, what=_POLICY)]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NoDerivation(str(error)) from error
    found = [Sentence.of(_ALTERED, what=name) for name in altered]
    differing = [
        Sentence.of(_DIFFERS, what=path, said=_short(said), found=_short(right))
        for path, said, right in _differences("", document, again)
    ]
    more = [Sentence.of(_MORE, count=len(differing) - _SHOWN)] if len(differing) > _SHOWN else []
    return [*found, *differing[:_SHOWN], *more]


def canonical(document: object) -> bytes:
    """The one way a document is written: keys sorted, no spaces, UTF-8."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _event(fact: Fact) -> dict[str, Any]:
    return {
        "prov:type": "societas:event",
        "societas:type": fact.type,
        "societas:subject": fact.subject,
        "societas:time": fact.time,
        "societas:recorded": fact.recorded,
        "societas:data": dict(fact.data),
    }


def _fact(id_: str, entity: Mapping[str, Any]) -> Fact:
    return Fact.make(
        id=id_,
        type=entity["societas:type"],
        subject=entity["societas:subject"],
        time=entity["societas:time"],
        recorded=entity["societas:recorded"],
        data=entity["societas:data"],
    )


def _policy(policy: Policy) -> dict[str, Any]:
    return {
        "prov:type": "prov:Plan",
        "societas:id": policy.id,
        "societas:version": policy.version,
        "societas:hash": policy.hash,
        "societas:text": policy.text,
    }


def _rating(told: Explanation) -> dict[str, Any]:
    whole = told.as_json()
    kept = ("society", "name", "peer_group", "total", "max", "completeness", "grade", "vetoes", "restructure")
    return {"prov:type": "societas:rating"} | {f"societas:{name}": whole[name] for name in kept}


def _indicator(one: IndicatorExplained) -> dict[str, Any]:
    whole = one.as_json()
    kept = ("clause", "title", "outcome", "points", "max", "measures", "arithmetic", "missing")
    aside = [{"event": item.fact.id, "reason": item.code, "by": item.by} for item in one.set_aside]
    told = {f"societas:{name}": whole[name] for name in kept}
    return {"prov:type": "societas:indicator", **told, "societas:set_aside": aside}


def _origins(one: IndicatorExplained, events: set[str]) -> Iterator[str]:
    """The events behind an indicator's points, each once."""
    yield from dict.fromkeys(item.fact.id for item in one.evidence if item.fact.id in events)


def _sealed(entity: dict[str, Any]) -> dict[str, Any]:
    return entity | {"societas:hash": _digest(entity)}


def _intact(name: str, entity: Mapping[str, Any]) -> bool:
    if name == _POLICY:
        right = "sha256:" + hashlib.sha256(str(entity["societas:text"]).encode()).hexdigest()
    else:
        right = _digest({key: value for key, value in entity.items() if key != "societas:hash"})
    return bool(right == entity["societas:hash"])


def _digest(entity: Mapping[str, Any]) -> str:
    return "sha256:" + hashlib.sha256(canonical(entity)).hexdigest()


def _related(relations: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {f"_:{number}": relation for number, relation in enumerate(relations, start=1)}


def _differences(path: str, said: object, found: object) -> Iterator[tuple[str, object, object]]:
    """Where two documents differ, as deep as both have the same keys."""
    if isinstance(said, Mapping) and isinstance(found, Mapping):
        for key in sorted(said.keys() | found.keys()):
            deeper = f"{path}.{key}" if path else str(key)
            yield from _differences(deeper, said.get(key), found.get(key))
    elif said != found or type(said) is not type(found):
        yield path, said, found


def _short(value: object) -> str:
    text = canonical(value).decode()
    return text if len(text) <= 60 else text[:57] + "…"  # noqa: PLR2004 — a line of a terminal

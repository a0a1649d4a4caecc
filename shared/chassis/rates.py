"""What may be asked only so often, declared beside the endpoint: `dependencies=[PUBLIC, limited("past")]`."""

import math
import time
from collections.abc import Mapping

from fastapi import Depends, Request
from fastapi.params import Depends as Dependency

from chassis.access import caller_if_any
from chassis.address import asker_of
from chassis.language import N_
from chassis.limiter import Limiter
from chassis.refusals import Refusal
from chassis.serving import Service, service_of


class TooOften(Refusal):
    """Who asks has asked this as often as the deployment allows."""

    slug = "too-often"
    status = 429
    title = N_("Asked too often")
    detail = N_(
        "This may be asked {limit} times a minute with one token, or from one address without. "
        "Try again in {seconds} seconds."
    )


class Limits:
    """The limiters of one service, by the name of what they limit: each has its setting `…_per_minute`."""

    def __init__(self, service: Service) -> None:
        settings = service.settings
        rates = {"past": settings.past_per_minute, "trial": settings.trials_per_minute}
        self._limiters: Mapping[str, Limiter] = {name: Limiter(rate) for name, rate in rates.items()}
        self._service = service

    async def admit(self, request: Request, rate: str) -> None:
        """Counts a request. Raises TooOften."""
        limiter = self._limiters[rate]
        caller = await caller_if_any(request)
        if caller is not None:
            by, asker = "token", "\n".join([caller.subject, *sorted(caller.roles)])
        else:
            by, asker = "address", asker_of(request, self._service.settings.trusted_proxies)
        wait = limiter.take(f"{by} {asker}", time.monotonic())
        if not wait:
            return
        self._service.metrics.requests_limited.labels(rate, by).inc()
        refusal = TooOften(limit=limiter.per_minute, seconds=math.ceil(wait))
        refusal.retry_after = math.ceil(wait)
        raise refusal


class Limited:
    """The dependency behind `limited`."""

    def __init__(self, rate: str, only_with: frozenset[str]) -> None:
        self.rate = rate
        self.only_with = only_with

    async def __call__(self, request: Request) -> None:
        """Counts a request, if it is one of those that are limited."""
        if not self.only_with or any(request.query_params.get(name) for name in self.only_with):
            await limits_of(request).admit(request, self.rate)


def limited(rate: str, *only_with: str) -> Dependency:
    """Declares that an endpoint may be asked only so often; of some, only where these query parameters are given."""
    dependency: Dependency = Depends(Limited(rate, frozenset(only_with)))
    return dependency


def limits_of(request: Request) -> Limits:
    """The limits of the service that is asked."""
    app = request.app
    if not hasattr(app.state, "limits"):
        app.state.limits = Limits(service_of(request))
    limits: Limits = app.state.limits
    return limits


PAST = limited("past", "as_of", "known_at", "policy")
"""An answer about another day, another state of knowledge, another policy."""

TRIAL = limited("trial")
"""What folds everything, or reads a policy of the caller's."""

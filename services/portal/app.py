"""The portal put together: pages over evaluation's public API, and nothing of its own to keep."""

import httpx2
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from chassis.clock import Clock
from chassis.settings import Settings
from chassis.web import assemble
from services.portal import duty_pages, pages, policy_pages, review_pages, shown
from services.portal.described import described
from services.portal.evaluation import Evaluation
from services.portal.guard import Guard
from services.portal.porch import Porch
from services.portal.printed import Printed
from services.portal.reader import Readers

_PATIENCE = httpx2.Timeout(15.0, connect=2.0)


def build(settings: Settings, clock: Clock, client: httpx2.AsyncClient | None = None) -> FastAPI:
    """The portal; `client` is how evaluation is reached where not by the settings' address of it."""
    away = client or httpx2.AsyncClient(base_url=settings.peers["evaluation"], timeout=_PATIENCE)
    evaluation = Evaluation(away)
    app = assemble(
        Porch(settings, clock, evaluation, closing=away.aclose),
        pages.routes,
        policy_pages.routes,
        review_pages.routes,
        duty_pages.routes,
        title="Societas · portal",
        description="The web pages: the live board, every society's explanation, the policy in force, reviews, duties.",
        describe=described,
    )
    app.state.evaluation = evaluation
    app.state.templates = shown.pages()
    app.state.printed = Printed(settings.page_cache_bytes)
    app.mount("/static", StaticFiles(directory=shown.STATIC), name="static")
    app.add_middleware(Guard)
    app.add_middleware(Readers, trusted=settings.trusted_proxies)
    pages.catch(app)
    return app

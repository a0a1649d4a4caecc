"""The evaluation service: its rooms put together."""

from fastapi import FastAPI

from chassis.clock import Clock
from chassis.dated import Dated, described
from chassis.house import House
from chassis.settings import Settings
from chassis.signing import SigningKey
from chassis.turns import Turns
from chassis.web import MIB
from services.evaluation import api
from services.evaluation.api.assessment_lists import PATH as ASSESSMENT_LIST
from services.evaluation.api.live import LiveBoard
from services.evaluation.archive import Archive
from services.evaluation.calendar import Calendar
from services.evaluation.following import Following
from services.evaluation.handlers import LiveRatings
from services.evaluation.past import Past
from services.evaluation.reviewing import importing
from services.evaluation.stream import Audience


def build(settings: Settings, clock: Clock) -> FastAPI:
    """The service as an ASGI app; it listens to everybody, its own calendar included."""
    live = LiveRatings(settings.partitions)
    house = House("evaluation", settings, clock, hears=live)
    house.import_rule = importing.RULE
    audience = Audience(live.board)
    live.on_commit = lambda: audience.note(live.applied)
    archive = Archive(house.db, settings.facts_in_memory)
    live.on_facts, live.on_seat = archive.note, archive.forget
    calendar, following = Calendar(house), Following(house, live)
    house.starting += [audience.start, calendar.start, following.start]
    house.stopping += [following.stop, calendar.stop, audience.stop]
    app = house.app(
        *api.routers,
        title="Societas · evaluation",
        description="Ratings (评价) of societies: live, explained, and reproducible on any past day.",
        body_limits={ASSESSMENT_LIST: 2 * MIB},
        describe=described,
    )
    app.add_middleware(Dated, as_of=following.as_of)
    app.state.board = live.board
    app.state.reading_policies = Turns("a policy to be read", settings.folds_waiting)
    app.state.live = LiveBoard()
    app.state.signing_key = SigningKey.load(settings.signing_key_file) if settings.signing_key_file else None
    app.state.past = Past(archive, settings.folds_waiting)
    app.state.audience = audience
    app.state.following = following
    app.state.calendar = calendar
    return app

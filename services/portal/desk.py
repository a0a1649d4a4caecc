"""What a page is made with, and how old it is: it is printed, shown again, or shown as it was last."""

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from chassis.language import N_, Language
from chassis.query_names import added_on_the_way
from chassis.serving import service_of
from contracts.calendar import CST, instant, parse_instant
from services.portal import shown
from services.portal.evaluation import Evaluation
from services.portal.printed import Page, Printed
from services.portal.reader import age, note_age

_VOICES: dict[Language, shown.Voice] = {"zh": shown.Voice("zh"), "en": shown.Voice("en")}
_NOT_UPDATED = N_("As of {time}; not being updated at the moment.")
_PAST = frozenset({"as_of", "known_at", "policy", "against"})
_PLACE_OF_AGE = "<!-- its age -->"


class Desk:
    """What a page is made with: evaluation's answers, the templates, the reader's voice."""

    def __init__(self, request: Request, lang: str) -> None:
        self.request = request
        self.evaluation: Evaluation = request.app.state.evaluation
        self.printed: Printed = request.app.state.printed
        # Of what others hang onto an address nothing is shown: it makes no page of its own.
        self._query = sorted((name, told) for name, told in request.query_params.items() if not added_on_the_way(name))
        self.address = f"{request.url.path}?{urlencode(self._query)}"
        self.voice = _VOICES["en" if lang == "en" else "zh"]

    def page(self, template: str, place: str, status: int = 200, **context: Any) -> HTMLResponse:
        """A page in the reader's voice; `place` is where in the navigation it stands."""
        text = self.text(template, place, **context)
        return self.print(text) if status == HTTPStatus.OK else self.sheet(text, status)

    def print(self, text: str, tag: str = "") -> HTMLResponse:
        """A page of what is now, kept for whoever asks next: nothing may have changed, or evaluation may be away."""
        at = "" if self._of_the_past else self._time()
        return self.sheet(self.printed.keep(self.address, tag, text, at))

    def again(self, known: Page) -> HTMLResponse:
        """The page that was printed before, of which evaluation says that nothing has changed."""
        self.printed.confirm(self.address, self._time())
        return self.sheet(known.html)

    def last(self) -> HTMLResponse | None:
        """The page as it was last, and says so; None where there is none."""
        known = self.printed.find(self.address)
        if not known.at:
            return None
        note_age(known.at)
        return self.sheet(known.html)

    def text(self, template: str, place: str, **context: Any) -> str:
        """What stands on such a page."""
        templates: Environment = self.request.app.state.templates
        return shown.render(templates, template, self.voice, place=place, other_query=self._other(), **context)

    def sheet(self, html: str | bytes, status: int = 200) -> HTMLResponse:
        """What stands on a page, as it is sent."""
        if as_of := age():
            text = html.decode() if isinstance(html, bytes) else html
            html = text.replace(_PLACE_OF_AGE, self._not_updated(as_of), 1)
        return HTMLResponse(html, status, {"Content-Language": self.voice.tag, "Cache-Control": "no-cache"})

    @property
    def _of_the_past(self) -> bool:
        return any(name in _PAST and value for name, value in self._query)

    def _time(self) -> str:
        """The instant of which a page is that is printed now."""
        return age() or instant(service_of(self.request).clock.now())

    def _not_updated(self, as_of: str) -> str:
        at = parse_instant(as_of).astimezone(CST)
        words = self.voice.both(_NOT_UPDATED, time=f"{at:%Y-%m-%d %H:%M}")
        return f'<p class="notice" role="status" data-age>{words}</p>'

    def _other(self) -> str:
        return urlencode(dict(self._query) | {"lang": self.voice.second})


def _desk(request: Request, lang: Annotated[str, Query(description="zh or en; zh if it is another")] = "zh") -> Desk:
    return Desk(request, lang)


At = Annotated[Desk, Depends(_desk)]

"""How a page is made, and what a page says when something is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from tests.lantern.calls import Call, Work, route
from tests.lantern.people import Member
from tests.lantern.refusal import Kind, Refusal
from tests.lantern.seal import seal_of

_templates = Jinja2Templates(Path(__file__).with_name("templates"))


def _clock_time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%d.%m. %H:%M")


_templates.env.filters["uhr"] = _clock_time


def at(path: str, **methods: Work) -> Route:
    """A page's address; what it refuses is a page too."""
    return route(path, methods, refused)


def show(request: Request, template: str, caller: Member | None, status: int = 200, **values: Any) -> Response:
    """The page that `template` makes of the values, for the caller to see."""
    shown = {"ich": caller, "siegel": seal_of(request), **values}
    return _templates.TemplateResponse(request, template, shown, status_code=status)


def page(call: Call, template: str, status: int = 200, **values: Any) -> Response:
    """The same, in answer to a call."""
    return show(call.request, template, call.caller, status, **values)


def go(where: str) -> Response:
    """Sends the browser on, so that a reload there does not send a form again."""
    return RedirectResponse(where, 303)


def refused(request: Request, refusal: Refusal, caller: Member | None) -> Response:
    """Whoever is signed out is asked to sign in; everything else is said on a page of its own."""
    if refusal.kind is Kind.SIGNED_OUT:
        back = request.url.path if request.method == "GET" else "/programm"
        return go(f"/anmelden?weiter={quote(back)}")
    return show(request, "hinweis.html", caller, refusal.kind.status, worte=refusal.detail)


def broken(request: Request) -> Response:
    """Something went wrong that is nobody's business."""
    return show(request, "hinweis.html", None, 500, worte="Da ist etwas schiefgegangen.")

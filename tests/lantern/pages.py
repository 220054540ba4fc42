"""The pages that need nobody to be signed in: the programme, signing in and signing up."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from tests.lantern import people
from tests.lantern.api import hand_pass
from tests.lantern.calls import COOKIE, Call
from tests.lantern.programme import lines
from tests.lantern.refusal import Refusal
from tests.lantern.rendering import at, go, page


def routes() -> list[Route]:
    """Their addresses."""
    return [
        at("/", GET=lambda call: go("/programm")),
        at("/programm", GET=_programme),
        at("/programm/liste", GET=_list),
        at("/anmelden", GET=_ask_login, POST=_sign_in),
        at("/abmelden", POST=_sign_out),
        at("/registrieren", GET=_ask_new, POST=_sign_up),
    ]


def _programme(call: Call) -> Response:
    return page(call, "programm.html", zeilen=lines(call.db))


def _list(call: Call) -> Response:
    return page(call, "_liste.html", zeilen=lines(call.db))


def _ask_login(call: Call) -> Response:
    return page(call, "anmelden.html", weiter=_local(call.request.query_params.get("weiter", "")))


def _sign_in(call: Call) -> Response:
    onward = _local(call.field("weiter"))
    try:
        person = people.sign_in(call.db, call.field("login"), call.form.get("password", ""))
    except Refusal as refusal:
        return page(call, "anmelden.html", refusal.kind.status, weiter=onward, fehler=refusal.detail)
    return hand_pass(go(onward), people.issue_pass(call.db, person))


def _sign_out(call: Call) -> Response:
    people.revoke_pass(call.db, call.request.cookies.get(COOKIE, ""))
    answer = go("/programm")
    answer.delete_cookie(COOKIE)
    return answer


def _ask_new(call: Call) -> Response:
    return page(call, "registrieren.html")


def _sign_up(call: Call) -> Response:
    try:
        person = people.sign_up(call.db, call.field("login"), call.field("called"), call.form.get("password", ""))
    except Refusal as refusal:
        return page(call, "registrieren.html", refusal.kind.status, fehler=refusal.detail)
    return hand_pass(go("/programm"), people.issue_pass(call.db, person))


def _local(where: str) -> str:
    """Only ever an address of our own: a link to the sign-in must not lead people elsewhere."""
    return where if where.startswith("/") and not where.startswith(("//", "/\\")) else "/programm"

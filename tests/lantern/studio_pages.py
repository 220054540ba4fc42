"""The pages of a studio: going on air, the studio itself, ending."""

from __future__ import annotations

import secrets

from starlette.responses import Response
from starlette.routing import Route

from tests.lantern import lifecycle, visits
from tests.lantern.calls import Call
from tests.lantern.people import studio_of
from tests.lantern.refusal import Kind, Refusal
from tests.lantern.rendering import at, go, page
from tests.lantern.stages import Air
from tests.lantern.studio import Studio, ever_sent, look, people_inside
from tests.lantern.wishes import LONGEST_HEADLINE, read_wish


def routes() -> list[Route]:
    """Every studio page's address."""
    return [
        at("/senden", GET=_ask_what, POST=_begin),
        at("/studio/{no}", GET=_studio),
        at("/studio/{no}/stand", GET=_state),
        at("/studio/{no}/dabei", POST=_enter),
        at("/studio/{no}/gehen", POST=_leave),
        at("/studio/{no}/start", POST=_start),
        at("/studio/{no}/absage", POST=_call_off),
        at("/studio/{no}/ende", POST=_end),
    ]


def _ask_what(call: Call) -> Response:
    assert call.member
    return page(call, "senden.html", vorgang=_new_key(), laengster=LONGEST_HEADLINE)


def _begin(call: Call) -> Response:
    """On air, or the question whether to restart. The form's key makes a double click one broadcast."""
    restart = call.field("neustart") == "ja"
    member = call.member
    try:
        wish = read_wish(call)
        studio_no = studio_of(call.db, member, member.called)
        made = lifecycle.begin(call.db, studio_no, member, wish, restart=restart)
    except Refusal as refusal:
        template = "neustart.html" if refusal.kind is Kind.BUSY else "senden.html"
        key = call.field("key") or _new_key()
        values = {"fehler": refusal.detail, "form": call.form, "vorgang": key, "laengster": LONGEST_HEADLINE}
        return page(call, template, refusal.kind.status, **values)
    call.done.extend(lifecycle.told(made))
    if made.air in (Air.DOORS, Air.ON_AIR):
        visits.host_comes(call.db, studio_no, member)
    return go(f"/studio/{studio_no}")


def _studio(call: Call) -> Response:
    return _show(call, "studio.html")


def _state(call: Call) -> Response:
    return _show(call, "_stand.html")


def _show(call: Call, template: str) -> Response:
    studio = look(call.db, call.studio_no)
    mine = _is_mine(call, studio)
    if mine and studio.going_on and not studio.owner_in:  # the host's looking in is the host's presence
        visits.host_comes(call.db, studio.studio_no, call.member)
    inside = call.caller is not None and visits.is_inside(call.db, studio, call.caller)
    return page(call, template, studio=studio, meins=mine, dabei=inside, anzahl=people_inside(call.db, studio),
                frueher=ever_sent(call.db, studio.studio_no), Air=Air)  # fmt: skip


def _enter(call: Call) -> Response:
    member, studio_no = call.member, call.studio_no
    visits.enter(call.db, studio_no, member)
    return go(f"/studio/{studio_no}")


def _leave(call: Call) -> Response:
    member, studio_no = call.member, call.studio_no
    visits.leave(call.db, studio_no, member)
    return go(f"/studio/{studio_no}")


def _start(call: Call) -> Response:
    member, studio_no = call.member, call.studio_no
    lifecycle.start(call.db, studio_no, member)
    return go(f"/studio/{studio_no}")


def _call_off(call: Call) -> Response:
    member, studio_no = call.member, call.studio_no
    lifecycle.call_off(call.db, studio_no, member)
    return go(f"/studio/{studio_no}")


def _end(call: Call) -> Response:
    """Over; or over before: then the studio's page says so as well."""
    member, studio_no = call.member, call.studio_no
    try:
        lifecycle.end(call.db, studio_no, member)
    except Refusal as refusal:
        if refusal.kind is not Kind.NOT_ON_AIR:
            raise
    return go(f"/studio/{studio_no}")


def _is_mine(call: Call, studio: Studio) -> bool:
    return call.caller is not None and call.caller.person_no == studio.owner_no


def _new_key() -> str:
    return secrets.token_urlsafe(12)

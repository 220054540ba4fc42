"""The API below `/api`: forms in, JSON out, the pass in a cookie.

An answer is `{"result": ...}`, or nothing at all with a 204; a refusal is `{"problem": {"kind", "detail"}}`.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.lantern import lifecycle, people, visits
from tests.lantern.calls import COOKIE, Call, Work, route
from tests.lantern.people import Member
from tests.lantern.refusal import Kind, Refusal
from tests.lantern.seal import with_new_seal
from tests.lantern.stages import Air
from tests.lantern.studio import Studio, look, people_inside
from tests.lantern.wishes import read_wish

BROKEN = {"problem": {"kind": "broken", "detail": "Da ist etwas schiefgegangen."}}


def routes() -> list[Route]:
    """Every address of the API."""
    return [
        _at("/ping", GET=_ping),
        _at("/people", POST=_sign_up),
        _at("/pass", POST=_sign_in, DELETE=_sign_out),
        _at("/studio", GET=_my_studio, POST=_make_studio),
        _at("/studios/{no}", GET=_studio),
        _at("/studios/{no}/broadcast", PUT=_begin, DELETE=_end),
        _at("/studios/{no}/broadcast/start", POST=_start),
        _at("/studios/{no}/broadcast/cancellation", POST=_call_off),
        _at("/studios/{no}/visit", PUT=_enter, DELETE=_leave),
        _at("/studios/{no}/host", PUT=_host_comes, DELETE=_host_goes),
    ]


def problem(request: Request, refusal: Refusal, caller: Member | None = None) -> Response:
    """A refusal as the API says it."""
    said = {"problem": {"kind": refusal.kind.code, "detail": refusal.detail}}
    return JSONResponse(said, refusal.kind.status)


def hand_pass(answer: Response, shown: str) -> Response:
    """The answer, with the pass as a cookie that no script can read."""
    answer.set_cookie(COOKIE, shown, httponly=True, samesite="lax")
    return with_new_seal(answer)


def _at(path: str, **methods: Work) -> Route:
    return route(path, methods, problem)


def _result(value: object, status: int = 200) -> Response:
    return JSONResponse({"result": value}, status)


def _nothing() -> Response:
    return Response(status_code=204)


def _ping(call: Call) -> Response:
    return _result("pong")


def _sign_up(call: Call) -> Response:
    person = people.sign_up(call.db, call.field("login"), call.field("called"), call.form.get("password", ""))
    return hand_pass(_result({"person": person}, 201), people.issue_pass(call.db, person))


def _sign_in(call: Call) -> Response:
    person = people.sign_in(call.db, call.field("login"), call.form.get("password", ""))
    return hand_pass(_result({"person": person}), people.issue_pass(call.db, person))


def _sign_out(call: Call) -> Response:
    people.revoke_pass(call.db, call.request.cookies.get(COOKIE, ""))
    answer = _nothing()
    answer.delete_cookie(COOKIE)
    return answer


def _my_studio(call: Call) -> Response:
    if call.member.studio_no is None:
        raise Refusal(Kind.NO_STUDIO)
    return _result(_described(call, look(call.db, call.member.studio_no)))


def _make_studio(call: Call) -> Response:
    had = call.member.studio_no
    made = people.studio_of(call.db, call.member, call.field("name") or call.member.called)
    return _result({"studio": made}, 200 if had else 201)


def _studio(call: Call) -> Response:
    assert call.member
    return _result(_described(call, look(call.db, call.studio_no)))


def _begin(call: Call) -> Response:
    """On air now: whatever is still going makes way. What is only announced does not push anything aside."""
    member, studio_no, wish = call.member, call.studio_no, read_wish(call)
    made = lifecycle.begin(call.db, studio_no, member, wish, restart=wish.begins is None)
    call.done.extend(lifecycle.told(made))
    return _result({"broadcast": made.broadcast_no, "stage": Air(made.air).name.lower()}, 201)


def _end(call: Call) -> Response:
    member, studio_no = call.member, call.studio_no
    lifecycle.end(call.db, studio_no, member)
    return _nothing()


def _start(call: Call) -> Response:
    member, studio_no = call.member, call.studio_no
    lifecycle.start(call.db, studio_no, member)
    return _nothing()


def _call_off(call: Call) -> Response:
    member, studio_no = call.member, call.studio_no
    lifecycle.call_off(call.db, studio_no, member)
    return _nothing()


def _enter(call: Call) -> Response:
    member, studio_no = call.member, call.studio_no
    return _result({"broadcast": visits.enter(call.db, studio_no, member)}, 201)


def _leave(call: Call) -> Response:
    member, studio_no = call.member, call.studio_no
    visits.leave(call.db, studio_no, member)
    return _nothing()


def _host_comes(call: Call) -> Response:
    member, studio_no = call.member, call.studio_no
    visits.host_comes(call.db, studio_no, member)
    return _nothing()


def _host_goes(call: Call) -> Response:
    member, studio_no = call.member, call.studio_no
    visits.host_goes(call.db, studio_no, member)
    return _nothing()


def _described(call: Call, studio: Studio) -> dict[str, object]:
    return {
        "studio": studio.studio_no,
        "name": studio.name,
        "stage": studio.stage,
        "host": studio.owner_no,
        "host_in": studio.owner_in,
        "broadcast": studio.broadcast_no,
        "inside": people_inside(call.db, studio),
    }

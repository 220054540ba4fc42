"""A session's life: going live, opening the lobby, ending, cancelling."""

from __future__ import annotations

from psycopg.types.json import Jsonb
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reference.gateway.context import Gateway, ok
from reference.gateway.models import NewSession
from reference.gateway.requests import Refusal, body_of, caller_of, own_body, room_of
from reference.tokens import Person


def go_live_route(gateway: Gateway) -> Route:
    """Going live counts against the limiter, whatever becomes of it, and always says what is left."""

    async def endpoint(request: Request) -> Response:
        allowance = gateway.limiter.take(request.client.host if request.client else "")
        try:
            if not allowance.allowed:
                raise Refusal("RATE_LIMIT_EXCEEDED")
            response = await go_live(gateway, request, caller_of(request, gateway.secret))
        except Refusal as refusal:
            response = refusal.response()
        response.headers.update(allowance.headers)
        return response

    return Route("/rooms/{room}/sessions", endpoint, methods=["POST"])


async def go_live(gateway: Gateway, request: Request, caller: Person) -> Response:
    room = room_of(request)
    wanted = Jsonb((await body_of(request, NewSession)).model_dump(mode="json"))
    done = await gateway.store.call("go_live", caller.user_id, caller.tenant_id, room, wanted)
    if not done["idempotent"]:
        gateway.log.session_created(done["session_id"])
        gateway.listed(done["listed"], room)
    return ok(
        {
            "session_id": done["session_id"],
            "status": done["status"],
            "room_id": str(room),
            "idempotent": done["idempotent"],
        },
        201,
    )


async def end(gateway: Gateway, request: Request, caller: Person) -> Response:
    room = room_of(request)
    await own_body(request, caller)
    done = await gateway.store.call("end_room", caller.user_id, caller.tenant_id, room)
    gateway.log.room_ended(str(room))
    gateway.listed(done["listed"], room)
    return ok({"live_room_id": str(room), "status": "idle", "ended_session_id": done["ended_session_id"]})


async def cancel(gateway: Gateway, request: Request, caller: Person) -> Response:
    """Nothing was paid for, so nothing is refunded."""
    room = room_of(request)
    await own_body(request, caller)
    done = await gateway.store.call("cancel", caller.user_id, caller.tenant_id, room)
    gateway.log.room_ended(str(room))
    gateway.listed(done["listed"], room)
    return ok({"refund_total": 0, "refund_succeeded": 0, "refund_failed": 0})


async def open_lobby(gateway: Gateway, request: Request, caller: Person) -> Response:
    room = room_of(request)
    await own_body(request, caller)
    return ok(await gateway.store.call("open_lobby", caller.user_id, caller.tenant_id, room))


ROUTES = (
    ("POST", "/rooms/{room}/end", end),
    ("POST", "/rooms/{room}/cancel", cancel),
    ("POST", "/rooms/{room}/open-lobby", open_lobby),
)

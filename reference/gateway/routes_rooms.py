"""Rooms: one's own, any room's state, making one's one room, a room's sessions."""

from __future__ import annotations

from psycopg.types.json import Jsonb
from starlette.requests import Request
from starlette.responses import Response

from reference.gateway.context import Gateway, ok
from reference.gateway.models import NewRoom
from reference.gateway.requests import body_of, room_of
from reference.tokens import Person


async def me(gateway: Gateway, request: Request, caller: Person) -> Response:
    return ok(await gateway.store.call("my_room", caller.user_id, caller.tenant_id))


async def state(gateway: Gateway, request: Request, caller: Person) -> Response:
    return ok(await gateway.store.call("room_state", caller.user_id, caller.tenant_id, room_of(request)))


async def create(gateway: Gateway, request: Request, caller: Person) -> Response:
    """201 with the caller's new room, or 200 with the one they have: never a second (D1 to D3)."""
    wanted = Jsonb((await body_of(request, NewRoom)).model_dump(mode="json"))
    done = await gateway.store.call("provide_room", caller.user_id, caller.tenant_id, wanted)
    return ok({"room": done["room"]}, 201 if done["created"] else 200)


async def sessions(gateway: Gateway, request: Request, caller: Person) -> Response:
    return ok(await gateway.store.call("room_sessions", caller.tenant_id, room_of(request)))


ROUTES = (
    ("GET", "/rooms/me", me),
    ("POST", "/rooms", create),
    ("GET", "/rooms/{room}/state", state),
    ("GET", "/rooms/{room}/sessions", sessions),
)

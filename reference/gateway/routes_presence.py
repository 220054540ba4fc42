"""Being there: joining, leaving, losing the connection, and the host's presence."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from reference.gateway.context import Gateway, ok
from reference.gateway.requests import own_body, room_of
from reference.tokens import Person


async def join(gateway: Gateway, request: Request, caller: Person) -> Response:
    room = room_of(request)
    await own_body(request, caller)
    return ok(await gateway.store.call("join_room", caller.user_id, caller.tenant_id, room))


async def leave(gateway: Gateway, request: Request, caller: Person) -> Response:
    return await _leave(gateway, request, caller, disconnected=False)


async def disconnect(gateway: Gateway, request: Request, caller: Person) -> Response:
    return await _leave(gateway, request, caller, disconnected=True)


async def host_present(gateway: Gateway, request: Request, caller: Person) -> Response:
    return await _host(gateway, request, caller, present=True)


async def host_absent(gateway: Gateway, request: Request, caller: Person) -> Response:
    return await _host(gateway, request, caller, present=False)


async def _leave(gateway: Gateway, request: Request, caller: Person, *, disconnected: bool) -> Response:
    room = room_of(request)
    await own_body(request, caller)
    return ok(await gateway.store.call("leave_room", caller.user_id, caller.tenant_id, room, disconnected))


async def _host(gateway: Gateway, request: Request, caller: Person, *, present: bool) -> Response:
    room = room_of(request)
    await own_body(request, caller)
    return ok(await gateway.store.call("set_host_present", caller.user_id, caller.tenant_id, room, present))


ROUTES = (
    ("POST", "/rooms/{room}/join", join),
    ("POST", "/rooms/{room}/leave", leave),
    ("POST", "/rooms/{room}/disconnect", disconnect),
    ("POST", "/rooms/{room}/host-present", host_present),
    ("POST", "/rooms/{room}/host-absent", host_absent),
)

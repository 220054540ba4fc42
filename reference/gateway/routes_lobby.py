"""What a host does about guests: who waits, letting in, turning away, putting out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from reference.gateway.context import Gateway, Handler, ok
from reference.gateway.models import Guest
from reference.gateway.requests import body_of, own_body, room_of
from reference.tokens import Person


async def waiting(gateway: Gateway, request: Request, caller: Person) -> Response:
    return ok(await gateway.store.call("lobby", caller.user_id, caller.tenant_id, room_of(request)))


async def admit_all(gateway: Gateway, request: Request, caller: Person) -> Response:
    room = room_of(request)
    await own_body(request, caller)
    return ok(await gateway.store.call("admit_all", caller.user_id, caller.tenant_id, room))


def moderation(action: str) -> Handler:
    """The handler of `action`, whose body names the guest."""

    async def handler(gateway: Gateway, request: Request, caller: Person) -> Response:
        room = room_of(request)
        guest = (await body_of(request, Guest)).user_id
        return ok(await gateway.store.call("moderate", caller.user_id, caller.tenant_id, room, guest, action))

    return handler


ROUTES = (
    ("GET", "/rooms/{room}/lobby", waiting),
    ("POST", "/rooms/{room}/admit-all", admit_all),
    *(("POST", f"/rooms/{{room}}/{action}", moderation(action)) for action in ("admit", "reject", "kick", "ban")),
)

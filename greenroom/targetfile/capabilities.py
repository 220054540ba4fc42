"""What an implementation may or may not be able to do, by the names that a target declares and features need."""

from __future__ import annotations

from collections.abc import Collection

CAPABILITIES = {
    "client-fallback": "the page ends a room in another way, such as a data API or a WebSocket, when the gateway can't",
    "end-fallback": "End Room on the page works without the gateway, whoever falls back: the page or its server",
    "page-reset": "the page resets a stuck room by a request of its own",
    "room-fallback": "the page finds the host's room in another way when the gateway can't tell it",
    "scheduling": "a session may be scheduled for later",
    "lobby": "a session may begin in a lobby",
    "cancelling": "a session can be cancelled",
    "idempotency": "an idempotency key makes Go Live repeatable",
    "host-presence": "the target knows whether the host is present",
    "self-reset": "Go Live over HTTP heals a stuck room instead of refusing it",
    "conflict-notice": "the page says that it retries after a conflict",
    "first-room": "a person without a room gets one at the first Go Live",
    "public-listing": "visitors who are not signed in see the listing",
    "host-lookup": "the page looks the host up, and the lookup can be made to fail",
    "reset": "a host frees their room by a request of its own, without ending a session in the proper way",
    "data-api": "people can reach tables through a data API that row level security guards",
    "console-log": "the page logs the documented lines",
    "gateway-log": "the gateway logs the documented lines where the harness can read them",
    "multi-tenant": "people of several tenants share the target",
    "planned-end": "a session may have a planned end, and is over when that has passed",
    "opens-by-itself": "a scheduled session opens when it is due, live or into its lobby, and lets people in",
    "capacity": "a session may be limited to a number of people",
    "banning": "a host can put a guest out for good",
    "admission": "a host lets in who waits in the lobby, or turns them away",
    "private-sessions": "a session may be hidden from visitors",
    "viewer-updates": "a room's page that is open follows the room without a reload",
    "phones": "the pages are made for phones as well: what they offer is in sight there",
    "keyboard": "the pages can be used with the keyboard alone",
    "wrong-clocks": "a host whose computer's clock is fast goes live on the page all the same",
    "sign-in-renewal": "a page renews a sign-in that has run out",
    "migration": "the cleanup migration can be tried on a clone of the schema (disposable targets)",
    "database-faults": "writes to one relation can be made to fail (disposable targets)",
    "listing-transaction": "Go Live and End Room are refused and rolled back when the listing can't be written",
    "restart": "the gateway can be stopped and started (disposable targets)",
}
DESTRUCTIVE = frozenset({"migration", "database-faults", "restart"})

_INCLUDED = {"client-fallback": ("end-fallback", "page-reset"), "data-api": ("reset",)}
"""What whoever declares a capability declares with it."""


def declaring(capability: str, declared: Collection[str]) -> str:
    """The one of the declared capabilities that is this one, or includes it; "" when none does."""
    if capability in declared:
        return capability
    return next((one for one in declared if capability in _INCLUDED.get(one, ())), "")

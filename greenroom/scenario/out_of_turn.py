"""Operations that come when they can't be carried out: without a session, about somebody who is not inside (O6).

What is tried comes from the target file.
"""

from __future__ import annotations

from enum import StrEnum

from greenroom.core.errors import NotApplicable
from greenroom.drivers.gateway import now
from greenroom.drivers.outcome import Outcome
from greenroom.people.person import Person
from greenroom.scenario.world import World
from greenroom.targetfile.operations import TO_WHO_WAITS

_A_DAY = 24 * 3600.0


class OutOfTurn(StrEnum):
    """What a number of operations have in common, in the words of the features."""

    NO_SESSION = "needs a session"
    NOBODY_INSIDE = "needs somebody inside"
    A_SECOND_SESSION = "begins a session"


_OF_GUESTS = frozenset({"join", "leave", "disconnect"})
_TRIED = {
    OutOfTurn.NO_SESSION: (
        "join",
        "leave",
        "disconnect",
        "host_absent",
        "host_present",
        *sorted(TO_WHO_WAITS),
        "kick",
        "cancel",
        "end",
    ),
    OutOfTurn.NOBODY_INSIDE: ("leave", "disconnect", *sorted(TO_WHO_WAITS), "kick"),
    OutOfTurn.A_SECOND_SESSION: ("schedule", "open_doors", "go_live_privately", "go_live"),
}


def try_all(world: World, host: Person, guest: Person, what: OutOfTurn) -> list[Outcome]:
    """What came of each described operation of the kind, on the host's room: as the host, or as the guest where it is a
    guest's, or about the guest. Raises NotApplicable where the target describes none."""
    tried: list[Outcome] = []
    wish = {"title": world.naming.title(), "topics": ["talk"], "starts_at": now(_A_DAY)}
    for operation in filter(world.gateway.offers, _TRIED[what]):
        account = (guest if operation in _OF_GUESTS else host).account
        try:
            values = {"room": host.room_id, "guest": guest.account_id, **wish}
            tried.append(world.gateway.attempt(operation, account, **values))
        except NotApplicable:
            continue  # its route takes the id of a session, and there is none
    if not tried:
        raise NotApplicable("operations", f"the target describes no operation that {what}")
    return tried

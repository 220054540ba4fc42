"""The room of a leased account: whether it is that person's at all, and at rest before anything is done in it.

Others use it between two runs, and a run that was killed leaves it as it was.
"""

from __future__ import annotations

from typing import Any

from greenroom.core.deadlines import eventually
from greenroom.core.errors import BadTarget, Inconclusive
from greenroom.drivers.account import Account
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.outcome import CarriedOut
from greenroom.scenario.worker import Worker

_AT_REST = (None, "idle")


def leased_room(worker: Worker, gateway: Gateway, account: Account) -> str:
    """The id of the account's room, which is at rest; "" where nobody tells it. Ended when somebody left it otherwise.

    Raises BadTarget when the room that the target's file names is somebody else's, Inconclusive when it is not at rest
    and can't, or must not, be brought there.
    """
    room = account.room_id or ""
    if room:
        _must_be_theirs(worker, account, room)
    told, status = _told(gateway, account, room)
    room = room or told
    if not room:
        return ""
    status = _status_in_database(worker, room, status)
    if status in _AT_REST:
        return room
    if not worker.ends_leftovers:  # it is not the person's, and not ended with the rest
        raise Inconclusive(
            "room-not-at-rest",
            f"the room of the leased account {account.name} is {status}: somebody uses it",
            hint="it is left as it is; bring it to rest by hand, or take the account out of the pool",
        )
    if gateway.offers("end"):
        gateway.attempt("end", account, room=room)
    status, _ = eventually(
        lambda: _status_in_database(worker, room, _told(gateway, account, room)[1]),
        lambda found: found in _AT_REST,
        worker.target.deadlines.settle,
    )
    if status not in _AT_REST:
        raise Inconclusive(
            "room-not-at-rest",
            f"the room of the leased account {account.name} is {status} and can't be ended",
            hint="bring it to rest by hand, or take the account out of the pool",
        )
    return room


def _must_be_theirs(worker: Worker, account: Account, room: str) -> None:
    row = _row(worker, room)
    if row is None or (row and row["host_id"] in (None, account.account_id)):
        return
    whose = f"is that of the account {row['host_id']}" if row else "is none of the database's"
    raise BadTarget(
        f"[[people.pool]]: the room {room} of {account.name} {whose}",
        hint="`room` is the id of that account's own permanent room",
    )


def _told(gateway: Gateway, account: Account, room: str) -> tuple[str, str | None]:
    """Which room the gateway says that it is, and in which state: "" and None where it tells neither."""
    if gateway.offers("my_room"):
        found = gateway.attempt("my_room", account)
        if isinstance(found, CarriedOut) and str(found.answer["room"]) == (room or str(found.answer["room"])):
            return str(found.answer["room"]), found.answer.get("status")
    if room and gateway.offers("room_state"):
        found = gateway.attempt("room_state", account, room=room)
        if isinstance(found, CarriedOut):
            return room, found.answer.get("status")
    return "", None


def _status_in_database(worker: Worker, room: str, told: str | None) -> str | None:
    """The room's state as the database has it; as it was told where there is none."""
    row = _row(worker, room)
    return told if not row or row["status"] is None else str(row["status"])


def _row(worker: Worker, room: str) -> dict[str, Any] | None:
    """The room's row, empty when there is none; None without a database that has rooms."""
    if worker.database is None or not worker.database.holds("rooms"):
        return None
    query = "select host_id, status from rooms where room_id = %(room)s"
    return next(iter(worker.database.query(query, {"room": room})), {})

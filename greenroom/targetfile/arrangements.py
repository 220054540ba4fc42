"""The arrangements that a target's arrange.sql may hold: what each does, and the parameters it is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Arrangement:
    """One named write: `what` it does, the parameters it is `given`, the columns it `returns`."""

    what: str
    given: tuple[str, ...]
    returns: tuple[str, ...] = ()


ARRANGEMENTS: Mapping[str, Arrangement] = {
    "set_room": Arrangement(
        "sets a room's status, the session it points to (or none), and whether the host is present",
        ("room_id", "status", "session_id", "host_present"),
    ),
    "point_to_missing": Arrangement(
        "sets a room's status and points it to a session that does not exist", ("room_id", "status")
    ),
    "add_session": Arrangement(
        "adds a session to a room, of that status, whatever the room says",
        ("room_id", "title", "status", "starts_at", "ended_at"),
        ("session_id",),
    ),
    "add_attendance": Arrangement(
        "lets a person be inside a session, wait for it, have lost the connection to it, or have left it",
        ("session_id", "account_id", "role", "joined_at", "left_at", "standing"),
    ),
    "set_listing": Arrangement(
        "lists a room, or changes its entry", ("room_id", "title", "host_id", "status", "started_at", "ended_at")
    ),
    "remove": Arrangement(
        "removes accounts and rooms with everything that belongs to them", ("accounts", "rooms")
    ),
    "forget": Arrangement("removes sessions and entries whose title bears a mark; rooms of a pool stay", ("mark",)),
    "lock_room": Arrangement("selects a room's row for update, and returns it", ("room_id",), ("room_id",)),
    "second_room": Arrangement("inserts a second room of the same host, which the schema should refuse", ("room_id",)),
    "expire_sign_ins": Arrangement(
        "lets every proof that an account was given run out some minutes ago, and returns a row for each",
        ("account_id", "proofs"),
        ("account_id",),
    ),
    "make_account": Arrangement(
        "makes an account, and returns its id (and the id of its room, if it has one)",
        ("name", "email", "password", "slug", "mark"),
        ("account_id", "room_id"),
    ),
    "make_account_elsewhere": Arrangement(
        "makes an account of another tenant, and returns the same",
        ("name", "email", "password", "slug", "mark"),
        ("account_id", "room_id"),
    ),
    "make_room": Arrangement("makes a room of an account, and returns its id", ("account_id", "title"), ("room_id",)),
}  # fmt: skip

STANDINGS = ("inside", "waiting", "disconnected")
"""What `standing` may be: `waiting` in a lobby, or `disconnected` and expected back."""
USUALLY: Mapping[str, object] = {"standing": STANDINGS[0]}
"""What a parameter is where nobody says otherwise."""

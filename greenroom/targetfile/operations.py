"""The operations that a target file may describe: what each is for, and what the vocabulary relies on in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PERSON = frozenset({"account", "name", "email", "password", "token", "answer", "csrf"})
"""What a placeholder may say of the person who asks."""

REQUEST_ID = "request_id"
"""The placeholder of an id that no other request has."""

NULL = "nothing"
"""The placeholder that stands for null, which TOML can't say."""

SEEN = PERSON | {"room", "room_page", "title", "host", "session"}
"""What a placeholder in a selector may say: of the person, and of the room that is looked at."""

IDS = frozenset({"account", "room", "session", "guest", "guest_account"})
"""Placeholders that are an id."""


@dataclass(frozen=True)
class OperationSpec:
    """One operation: `what` it does, the placeholders it is given beside those of the person and {now}, the words its
    answer must hold, and the refusals that features rely on."""

    what: str
    given: frozenset[str] = frozenset()
    answers: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    capability: str = ""

    @property
    def placeholders(self) -> frozenset[str]:
        """Every placeholder that the operation may hold."""
        return PERSON | self.given | {"now"}


_ROOM = frozenset({"room"})
_LISTED = frozenset({"room", "next"})
_ON_AIR = frozenset({"room", "session"})
"""What is said to a room that has a session, which may be named as well."""
_SESSION = frozenset({"room", "title", "topics"})
_GUEST = frozenset({"room", "session", "guest", "guest_account"})
_OWN_VISIT = frozenset({"room", "session", "guest"})
"""What is said of the visit of whoever asks: `guest` is the id that coming in gave them."""
_TAMPER = frozenset({"room", "title"})

OPERATIONS: Mapping[str, OperationSpec] = {
    "my_room": OperationSpec("finds the caller's own room", answers=("room",), refusals=("unauthenticated",)),
    "room_state": OperationSpec("tells a room's state", _ROOM, refusals=("unauthenticated",)),
    "sessions": OperationSpec("tells which sessions a room has had", _ROOM),
    "waiting": OperationSpec("tells the host who waits in the lobby", _ON_AIR),
    "read_entry": OperationSpec("reads a room's entry, past the gateway", _ROOM),
    "read_session": OperationSpec("reads a room's sessions with their titles, past the gateway", _ROOM),
    "read_attendance": OperationSpec("reads who is and was in a room, past the gateway", _ROOM),
    "read_room": OperationSpec("reads a room's own row, past the gateway", _ROOM),
    "listing": OperationSpec("tells who is live, to a target whose SQL does not", _LISTED, answers=("entries",)),
    "create_room": OperationSpec("makes the caller's room", frozenset({"title"}), answers=("room",)),
    "go_live": OperationSpec(
        "starts a session now", _SESSION | {"key", "ends_at", "lasts", "capacity"}, ("session",),
        ("not_idle", "not_host", "unauthenticated"),
    ),
    "go_live_privately": OperationSpec(
        "starts a session that is not public", _SESSION, ("session",), capability="private-sessions"
    ),
    "schedule": OperationSpec(
        "starts a session later", _SESSION | {"starts_at", "opens"}, ("session",), capability="scheduling"
    ),
    "schedule_privately": OperationSpec(
        "starts a session later that is not public", _SESSION | {"starts_at"}, ("session",)
    ),
    "open_doors": OperationSpec(
        "starts a session in its lobby", _SESSION | {"capacity"}, ("session",), capability="lobby"
    ),
    "open_early": OperationSpec("opens the doors of a session that is to come, before its time", _ON_AIR),
    "end": OperationSpec(
        "ends the room's session", _ON_AIR,
        refusals=("not_host", "unauthenticated", "not_found", "malformed", "not_live"),
    ),
    "cancel": OperationSpec(
        "cancels the room's session", _ON_AIR, refusals=("not_host", "unauthenticated"), capability="cancelling"
    ),
    "join": OperationSpec("lets the caller in as a guest", _ON_AIR),
    "leave": OperationSpec("lets a guest out", _OWN_VISIT),
    "disconnect": OperationSpec("says that a guest's connection is lost, who may come back", _OWN_VISIT),
    "host_present": OperationSpec("announces that the host is there", _ON_AIR, capability="host-presence"),
    "host_absent": OperationSpec("announces that the host is away", _ON_AIR),
    "admit": OperationSpec("lets in a guest who waits in the lobby", _GUEST, capability="admission"),
    "reject": OperationSpec("turns away a guest who waits in the lobby", _GUEST, capability="admission"),
    "admit_all": OperationSpec("lets in everybody who waits in the lobby", _ON_AIR),
    "kick": OperationSpec("puts a guest out, who may come back", _GUEST),
    "ban": OperationSpec("puts a guest out for good", _GUEST, capability="banning"),
    "tamper_room": OperationSpec("frees the room, past the gateway", _TAMPER, capability="data-api"),
    "tamper_session": OperationSpec("ends the sessions, past the gateway", _TAMPER, capability="data-api"),
    "tamper_attendance": OperationSpec("sends the host away, past the gateway", _TAMPER, capability="data-api"),
    "tamper_listing": OperationSpec("ends the entry, past the gateway", _TAMPER, capability="data-api"),
    "delete_room": OperationSpec("deletes the room, past the gateway", _TAMPER, capability="data-api"),
    "delete_session": OperationSpec("deletes the room's sessions, past the gateway", _TAMPER),
    "delete_attendance": OperationSpec("deletes that the host was inside, past the gateway", _TAMPER),
    "delete_entry": OperationSpec("deletes the entry, past the gateway", _TAMPER),
    "take_room": OperationSpec("makes the caller the host, past the gateway", _TAMPER, capability="data-api"),
    "list_falsely": OperationSpec("lists the room as the caller's, past the gateway", _TAMPER, capability="data-api"),
    "add_session": OperationSpec("adds a session to the room, past the gateway", _TAMPER),
    "admit_oneself": OperationSpec("lets the caller in, who waits in the lobby, past the gateway", _ROOM),
    "lift_ban": OperationSpec("says that the caller is not banned, past the gateway", _ROOM),
    "write_in": OperationSpec("adds the caller to who is inside, past the gateway", _ON_AIR),
    "take_back_leaving": OperationSpec("says that the caller has not left, past the gateway", _ROOM),
    "erase_oneself": OperationSpec("deletes that the caller was ever inside, past the gateway", _ROOM),
    "become_host": OperationSpec("says that the caller is there as host, past the gateway", _ROOM),
    "rename_host": OperationSpec("gives the room's host another name, past the gateway", _TAMPER),
    "reset": OperationSpec("frees a stuck room", _TAMPER, capability="reset"),
}  # fmt: skip

_PAST = ", past the gateway"
PAST_THE_GATEWAY = frozenset(name for name, spec in OPERATIONS.items() if spec.what.endswith(_PAST)) | {"reset"}
"""What is asked of the data API, be it at an address of its own or at the gateway's. A reset may be the gateway's own,
which can't be told from that."""
WRITES_TO_TABLES = tuple(name for name, spec in OPERATIONS.items() if spec.capability in {"data-api", "reset"})
"""What whoever declares the capability `data-api` describes."""
LISTING_WRITES = frozenset({"tamper_listing", "list_falsely", "delete_entry"})
"""What writes to the listing past the gateway."""

READS = frozenset(
    {
        "my_room",
        "room_state",
        "sessions",
        "waiting",
        "read_entry",
        "read_session",
        "read_attendance",
        "read_room",
        "listing",
    }
)
"""What changes nothing."""
OF_ONESELF = {
    "lift her ban from": "lift_ban",
    "write herself into": "write_in",
    "take back that she has left": "take_back_leaving",
    "erase herself from": "erase_oneself",
    "make herself the host of": "become_host",
}
"""What a guest may try to say of herself past the gateway, in the words of the features."""
OF_ANYBODY = frozenset({"create_room", "join", "leave", "disconnect", "admit_oneself", *OF_ONESELF.values()})
"""What is no privilege of a room's host: for one's own room, and for guests."""
OF_ONES_VISIT = frozenset({"leave", "disconnect"})
"""What a guest does with their own visit, which may be named by the id that coming in gave it."""
TO_WHO_WAITS = frozenset({"admit", "reject", "admit_all"})
"""What a host can do while somebody waits in the lobby."""
OF_WHAT_IS_TO_COME = frozenset({"open_early"})
"""What a host can do with a session that is scheduled."""
BEGINS_A_SESSION = frozenset(
    {"go_live", "go_live_privately", "schedule", "schedule_privately", "open_doors", "add_session"}
)
"""What a host can do while the room is at rest; everything else takes a session."""

REFUSALS: Mapping[str, str] = {
    "not_host": "the caller does not host the room",
    "not_found": "there is no such room",
    "malformed": "the id is none",
    "not_idle": "the room is in use",
    "not_live": "the room is not in use",
    "unauthenticated": "nobody knows who is asking",
    "no_room": "the caller has no room yet",
}

REFUSAL_WORDS: Mapping[str, str] = {
    "not the host": "not_host",
    "unauthenticated": "unauthenticated",
    "no such room": "not_found",
    "a malformed id": "malformed",
    "not live": "not_live",
    "not idle": "not_idle",
}
"""What features call a refusal -> its name in a target file."""

PAGE_REQUESTS: Mapping[str, str] = {
    "go_live": "starts the session; where it is left out, the operation go_live",
    "end": "ends the room; where it is left out, the operation end",
    "my_room": "asks for the own room; where it is left out, the operation my_room",
    "host_lookup": "asks who hosts the room",
    "reset": "frees a stuck room",
    "end_fallback": "ends the room when the gateway can't",
    "renewal": "renews a sign-in that has run out",
    "data_api": "any request to the data API",
    "kept_open": "is kept open by the page on purpose, such as a long poll: nobody waits for its answer",
    "not_needed": "tells the page nothing that it shows, such as telemetry: what becomes of it does not matter",
}

DEEDS_AT_REST = {"go live": "go_live", "schedule a session": "schedule", "open the doors": "open_doors"}
DEEDS_WHEN_LIVE = {"cancel the session": "cancel", "end the room": "end", "announce the host": "host_present"}
DEEDS_PAST_THE_GATEWAY = {
    "end the room": "tamper_room",
    "close the session": "tamper_session",
    "send the host away": "tamper_attendance",
    "take the entry off the listing": "tamper_listing",
    "delete the room": "delete_room",
    "delete the session": "delete_session",
    "delete who was inside": "delete_attendance",
    "delete the entry": "delete_entry",
    "take the room over": "take_room",
    "list the room falsely": "list_falsely",
    "add a session to the room": "add_session",
    "change the name": "rename_host",
    "reset the room": "reset",
}
"""Deeds of a host in the words of the features, by the state in which the host would succeed, and the operations that
they stand for; those past the gateway are requests to the data API."""

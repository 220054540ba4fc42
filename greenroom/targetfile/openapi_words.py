"""The words by which an OpenAPI document's routes are told apart: of rooms and sessions, of people, of operations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


def _all_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


ROOM = _all_of(
    "room rooms studio studios space spaces channel channels meeting meetings stage stages lounge lounges hall halls "
    "webinar webinars conference conferences call calls stream streams livestream livestreams broadcast broadcasts "
    "event events liveroom liverooms"
)
SESSION = _all_of(
    "session sessions stream streams livestream livestreams broadcast broadcasts live show shows episode episodes "
    "occurrence occurrences meeting meetings call calls"
)
PERSON = _all_of("user users account accounts member members person people host hosts creator creators")
OWN = _all_of("me mine my own current self")
AROUND = _all_of(
    "tenant tenants org orgs organization organizations workspace workspaces project projects app apps community "
    "communities group groups team teams"
)
"""What rooms stand in: an id of these is no room's."""
ELSEWHERE = _all_of(
    "recording recordings record chat message messages poll polls transcript transcripts transcription caption "
    "captions subtitle subtitles webhook webhooks invitation invitations invite invites reaction reactions hand "
    "hands question questions screen whiteboard file files egress ingress breakout admin analytics stat stats "
    "report reports token tokens key keys ban bans kick mute unmute search thumbnail thumbnails highlight clip "
    "clips layout permission permissions settings moderator moderators archive archives playback payment payments "
    "ticket tickets like likes follow followers raid ad ads commercial"
)
"""What rooms have beside the operations that are looked for: to start a recording is not to go live."""
_GUESTS = _all_of("participants participant attendees attendee viewers viewer guests visitors listeners")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_PARAMETER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True)
class Wanted:
    """What an operation looks like: its methods, words that speak for it, and whether a room is named in it."""

    methods: tuple[str, ...]
    words: tuple[str, ...]
    of_room: bool
    unless: tuple[str, ...] = ()


_WEAK = frozenset(("deactivate", "unpublish", "disable", "activate", "enable"))
"""Words that speak for an operation where no better one does."""
_ENDS = ("end", "stop", "finish", "close", "complete", "terminate", "deactivate", "unpublish", "disable")
WANTED: Mapping[str, Wanted] = {
    "my_room": Wanted(("get",), tuple(OWN), False),
    "create_room": Wanted(("post", "put"), (*sorted(ROOM), "create"), False, (*OWN, *_ENDS, "join", "leave")),
    "room_state": Wanted(("get",), ("state", "status", "show"), True),
    "go_live": Wanted(
        ("post", "put"),
        ("sessions", "session", "live", "golive", "start", "broadcast", "broadcasts", "stream", "streams", "publish",
         "activate", "enable", "begin", "launch"),
        True,
        (*_ENDS, "join", "leave", "cancel"),
    ),
    "end": Wanted(("post", "put", "delete", "patch"), _ENDS, True, ("cancel",)),
    "cancel": Wanted(("post", "put", "delete", "patch"), ("cancel", "cancellation", "abort"), True),
    "join": Wanted(("post", "put"), ("join", "enter", "visit", "attend", *sorted(_GUESTS)), True, ("leave",)),
    "leave": Wanted(("post", "put", "delete"), ("leave", "exit", "visit"), True),
    "host_present": Wanted(("post", "put"), ("present", "presence", "heartbeat"), True, ("absent",)),
}  # fmt: skip
SIGN_IN = ("login", "signin", "authenticate", "token")
SIGN_UP = ("signup", "register", "registration")


def words(text: str) -> list[str]:
    """The words of a path, a key or an operation's name, in small letters: without its parameters, camelCase apart."""
    return [word.lower() for word in _WORD.findall(_PARAMETER.sub(" ", text))]


def score(name: str, method: str, path: str, called: str, said: str, *, bare: bool) -> int:
    """How much speaks for a route being the operation `name`; `called` is its operationId, `said` its summary, and it
    is `bare` when its path ends with the room's id."""
    wanted = WANTED[name]
    all_of_path, last, by_name = set(words(path)), _last(path), set(words(called))
    if set(wanted.unless) & (last | by_name) or ELSEWHERE & (all_of_path | by_name):
        return 0
    if name == "my_room":
        of_a_room = ROOM & (all_of_path | by_name)
        return 4 * bool(OWN & all_of_path and of_a_room) + 4 * bool(OWN & by_name and of_a_room)
    found = 0
    for word in wanted.words:
        found += (4 if word in _WEAK else 5) * ((word in last) + (word in by_name)) + (word in words(said))
    if name == "room_state" and found < 5:
        found += 4 * bare  # where there are both, what is called so goes first
    if method == "delete" and name == "end" and SESSION & last and not bare:
        found += 4
    if method == "delete" and name == "leave" and _GUESTS & all_of_path and not bare:
        found += 4
    return found + bool(found and {"room", "rooms"} & all_of_path)


def _last(path: str) -> set[str]:
    """The words of the path's last part that has any, without "me" and "current" behind it."""
    parts = [set(words(part)) for part in path.split("/")]
    return next((part for part in reversed(parts) if part and not part <= OWN), parts[-1])

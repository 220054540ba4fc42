"""What must not change any more, as rules over two states of which one comes after the other.

An invariant looks at one moment; what is told here takes two: what was over has been opened again, or rewritten.
Judged between the steps of a scenario, for its own rooms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from greenroom.claims.invariants import Rule, Violation
from greenroom.relations.canonical import CLOSED_SESSION, OPEN_SESSION
from greenroom.relations.state import Row, State, moment

OVER = Rule("over-stays-as-it-was", "E5", "a session that is over stays as it was")
ROOM = Rule("room-stays-its-host's", "D1", "a room stays, and stays its host's")
BEGUN = Rule("live-keeps-its-beginning", "G2", "a session that is live keeps its beginning")
HISTORY = (OVER, ROOM, BEGUN)

GONE = "gone"
_OF_OVER = ("room_id", "title", "status", "starts_at", "ended_at")
_MAY_MOVE = frozenset({"starts_at", "ended_at"})
"""What may still be told more exactly, as by whoever carries sound and picture, until another session follows."""


def broken_history(before: State, after: State, *, mine: str = "", late: bool = False) -> list[Violation]:
    """What has changed from one state to the next that must not change.

    Times of a room's last session may still move, and where rows come `late`, after their answers, those of any. `mine`
    is the mark that the scenario's own sessions bear, where rooms have a past that others may work at. Only relations
    that both states hold are looked at.
    """
    seen = before.sees & after.sees
    found: dict[Rule, list[dict[str, Any]]] = {}
    if {"sessions", "rooms"} <= seen:
        sessions = State.marked(before.all("sessions"), mine) if mine else before.all("sessions")
        found[OVER] = [row for one in sessions for row in _of_session(one, before, after, late=late)]
        found[BEGUN] = [] if late else [row for one in sessions for row in _of_live(one, after)]
    if "rooms" in seen:
        found[ROOM] = [row for one in before.all("rooms") for row in _of_room(one, after)]
    return [Violation(rule, tuple(rows)) for rule, rows in found.items() if rows]


def _of_session(was: Row, before: State, after: State, *, late: bool) -> Iterator[dict[str, Any]]:
    if was["status"] not in CLOSED_SESSION:
        return
    key = {"session_id": was["session_id"]}
    now = after.session(str(was["session_id"]))
    if now is None:
        if was["status"] == "ended":  # what was cancelled has never been, says who takes it out
            yield {**key, "column": "sessions", "was": was["status"], "is": GONE}
        return
    late = late or not _is_followed(was, before)
    yield from _moved(key, "sessions", was, now, [column for column in _OF_OVER if not (late and column in _MAY_MOVE)])
    if "attendance" in before.sees & after.sees:
        yield from _of_stays(was, before, after, late=late)


def _is_followed(session: Row, state: State) -> bool:
    others = [one for one in state.sessions_of(str(session["room_id"])) if one is not session]
    began = moment(session["starts_at"])
    return any(one["status"] in OPEN_SESSION or _is_after(moment(one["starts_at"]), began) for one in others)


def _is_after(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one > other


def _of_stays(session: Row, before: State, after: State, *, late: bool) -> Iterator[dict[str, Any]]:
    session_id = str(session["session_id"])
    stays = {_stay(row): row for row in after.attendance_of(session_id)}
    known = {_stay(row): row for row in before.attendance_of(session_id)}
    for stay, was in known.items():
        key = {"session_id": session_id, "account_id": was["account_id"]}
        if stay not in stays:
            yield {**key, "column": "attendance", "was": "inside once", "is": GONE}
        else:
            back = stays[stay]["left_at"] is None  # inside what is over, however late rows come
            yield from _moved(
                key, "attendance", was, stays[stay], ["role", "left_at"] if back or not late else ["role"]
            )
    ended = moment(session["ended_at"])
    for stay in stays.keys() - known.keys():
        joined = moment(stays[stay]["joined_at"])
        if not late and ended is not None and joined is not None and joined > ended:
            account = stays[stay]["account_id"]
            yield {
                "session_id": session_id,
                "account_id": account,
                "column": "attendance.joined_at",
                "was": None,
                "is": stay[1],
            }


def _of_live(was: Row, after: State) -> Iterator[dict[str, Any]]:
    now = after.session(str(was["session_id"]))
    if was["status"] == "live" and now is not None and now["status"] == "live":
        yield from _moved({"session_id": was["session_id"]}, "sessions", was, now, ["room_id", "starts_at"])


def _of_room(was: Row, after: State) -> Iterator[dict[str, Any]]:
    now = after.room(str(was["room_id"]))
    key = {"room_id": was["room_id"]}
    if now is None:
        yield {**key, "column": "rooms", "was": was["status"], "is": GONE}
    else:
        yield from _moved(key, "rooms", was, now, ["host_id"])


def _moved(key: dict[str, Any], relation: str, was: Row, now: Row, columns: Iterable[str]) -> Iterator[dict[str, Any]]:
    for column in columns:
        if was[column] is not None and was[column] != now[column]:
            yield {**key, "column": f"{relation}.{column}", "was": was[column], "is": now[column]}


def _stay(row: Row) -> tuple[str, str]:
    return str(row["account_id"]), str(row["joined_at"])

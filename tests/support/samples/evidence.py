"""Steps with the evidence that a real run leaves: exchanges, rows, changes, what the page said."""

from __future__ import annotations

import json

from greenroom.core.verdict import Verdict
from greenroom.record.events import Change, Check, Exchange, PageNote, Rows, Step
from tests.support.samples.build import exchange, ident, step

ROOM, SESSION, OLD = ident("ada's room"), ident("the session"), ident("the stuck session")
SHORT, SHORT_OLD = f"{SESSION[:4]}…", f"{OLD[:4]}…"


def live_steps(title: str = "Morning breathing", *, guest: str = "Grace") -> list[Step]:
    """Ada is live with a guest."""
    asked = json.dumps({"session_title": title, "topic_keys": ["calm"], "auto_admit": True}, ensure_ascii=False)
    answer = json.dumps({"ok": True, "session_id": SESSION, "status": "live", "room_id": ROOM, "idempotent": False})
    started = exchange("POST", f"/api/v1/live/rooms/{ROOM}/sessions", 201, answer, request_body=asked, seconds=0.034)
    joined = exchange(
        "POST", f"/api/v1/live/rooms/{ROOM}/join", 200, '{"ok":true,"lobby_status":"admitted"}', who=guest
    )
    changes = [
        Change(relation="rooms", key="Ada's room", field="status", before="idle", after="live"),
        Change(relation="rooms", key="Ada's room", field="session_id", before=None, after=SHORT),
        Change(relation="rooms", key="Ada's room", field="host_present", before="no", after="yes"),
        Change(relation="sessions", key=f"session {SHORT}", field="", before=None, after="live"),
        Change(relation="attendance", key=f"{guest} in session {SHORT}", field="", before=None, after="inside"),
        Change(relation="listing", key="Ada's room", field="", before=None, after=f"live “{title}”"),
    ]
    return [step(f"Given Ada is live with {guest} as a guest", exchanges=[started, joined], changes=changes, line=9)]


def ended_changes() -> list[Change]:
    """What a complete end changes."""
    return [
        Change(relation="sessions", key=f"session {SHORT}", field="status", before="live", after="ended"),
        Change(relation="sessions", key=f"session {SHORT}", field="ended_at", before=None, after="09:41:12.4"),
        Change(relation="attendance", key="Grace", field="left_at", before=None, after="09:41:12.4"),
        Change(relation="rooms", key="Ada's room", field="status", before="live", after="idle"),
        Change(relation="rooms", key="Ada's room", field="session_id", before=SHORT, after=None),
        Change(relation="rooms", key="Ada's room", field="host_present", before="yes", after="no"),
        Change(relation="listing", key="Ada's room", field="status", before="live", after="ended"),
    ]


def end_exchange(status: int | None = 200) -> Exchange:
    """The page's call that ends the room."""
    path = f"/api/v1/live/rooms/{ROOM}/end"
    if status is None:
        return exchange("POST", path, None, origin="page", seconds=2.0, error="connection refused", fault="refuses")
    body = {"ok": True, "live_room_id": ROOM, "status": "idle", "ended_session_id": SESSION}
    if status >= 400:
        body = {"ok": False, "error": "INTERNAL", "message": "something went wrong"}
    fault = f"answers {status}" if status >= 500 else ""
    return exchange("POST", path, status, json.dumps(body), origin="page", fault=fault)


def end_step(status: int | None = 200, *, changes: list[Change] | None = None) -> Step:
    """Ada ends the room in the browser; when the gateway fails, the page falls back to the data API."""
    sent, said = [end_exchange(status)], []
    if status != 200:
        for relation in ("live_room_sessions", "live_room_attendance", "live_rooms", "community_live_streams"):
            sent.append(
                exchange(
                    "PATCH", f"/rest/v1/{relation}?id=eq.{ROOM}", 204, channel="data_api", origin="page", seconds=0.008
                )
            )
        said = [
            PageNote(who="Ada", kind="console", level="warning", text="[EndRoom] Gateway failed, trying the fallback"),
            PageNote(
                who="Ada",
                kind="console",
                level="info",
                text="[EndRoom] Fallback succeeded: room reset to idle",
                expected=True,
            ),
        ]
    text = "When Ada ends the room in the browser"
    done = ended_changes() if changes is None else changes
    return step(text, exchanges=sent, changes=done, page=said, seconds=0.31, line=11)


def rest_check(*, held: bool = True) -> Check:
    """Whether Ada's room is at rest, with the row that was seen."""
    row = [f"{ROOM[:4]}…", "idle", "-" if held else SHORT, "no"]
    return Check(
        promise="E1",
        claim="Ada's room is at rest",
        held=held,
        expected="status idle   session -        host present no",
        found=f"status idle   session {row[2]:<8} host present no",
        waited=0.04 if held else 2.0,
        deadline="settle 2 s",
        seen=[Rows(relation="rooms", columns=["room_id", "status", "session_id", "host_present"], rows=[row])],
    )


def over_check() -> Check:
    """The session is over and nobody is left inside."""
    columns = ["session_id", "account", "role", "joined_at", "left_at"]
    rows = [
        [SHORT, "Ada", "host", "09:41:10.1", "09:41:12.4"],
        [SHORT, "Grace", "guest", "09:41:10.9", "09:41:12.4"],
    ]
    return Check(
        promise="E3",
        claim="the session is over and nobody is left inside",
        held=True,
        deadline="settle 2 s",
        waited=0.03,
        seen=[Rows(relation="attendance", columns=columns, rows=rows)],
    )


def polled(times: int = 5) -> list[Exchange]:
    """The same question asked again and again until the state settled."""
    body = json.dumps({"ok": True, "room": {"id": ROOM, "status": "idle", "current_session_id": None}, "session": None})
    return [exchange("GET", f"/api/v1/live/rooms/{ROOM}/state", 200, body, seconds=0.006) for _ in range(times)]


def closing_steps() -> list[Step]:
    """What is true after a complete end."""
    return [
        step("Then the page says that the room has ended", line=12, seconds=0.04),
        step("And Ada's room is at rest", line=13, exchanges=polled(), checks=[rest_check()]),
        step("And the session is over and nobody is left inside", line=14, checks=[over_check()]),
        step("And the session is no longer listed as live", line=15, seconds=0.09),
    ]


def not_reached(*texts: str, line: int = 14) -> list[Step]:
    """Steps behind one that failed."""
    return [step(text, verdict=None, seconds=0.0, line=line + at) for at, text in enumerate(texts)]


def invariants(*broken: str) -> list[Check]:
    """The invariants over the scenario's own rooms, of which those in `broken` did not hold."""
    claims = [
        "no room is stuck",
        "a room has one open session at most",
        "room and session agree",
        "nobody is left inside an ended session",
        "the listing equals the truth",
        "a host has one room",
    ]
    return [
        Check(claim=claim, held=claim not in broken) for claim in [*claims, *(b for b in broken if b not in claims)]
    ]


def refusal_steps(who: str, status: int, code: str) -> list[Step]:
    """Somebody who must not end a room tries to, over HTTP."""
    answer = json.dumps({"ok": False, "error": code})
    sent = exchange("POST", f"/api/v1/live/rooms/{ROOM}/end", status, answer, who=who)
    expected = [["status", str(status)], ["error", code]]
    return [
        *live_steps(),
        step(f"When {who} tries to end Ada's room over HTTP", exchanges=[sent], line=31),
        step("Then it is refused with", table=expected, line=32),
        step("And nothing has changed", line=35),
    ]


def broken_rest_steps() -> list[Step]:
    """An end through the fallback that leaves the pointer behind."""
    missed = [change for change in ended_changes() if change.field != "session_id"]
    failing = step(
        "Then Ada's room is at rest",
        verdict=Verdict.FAILED,
        seconds=2.01,
        line=12,
        checks=[rest_check(held=False)],
        exchanges=polled(21),
    )
    given = step("And the gateway answers 503 when a room is ended", line=10, seconds=0.01)
    rest = not_reached(
        "And the session is over and nobody is left inside", "And the session is no longer listed as live"
    )
    return [*live_steps(), given, end_step(503, changes=missed), failing, *rest]

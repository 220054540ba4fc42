"""Every way to break a target's folder or environment is named by the doctor, with its place and how to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from greenroom.doctor.finding import Condition
from tests.support.doctoring import examined, variant

pytestmark = pytest.mark.integration


class Case(NamedTuple):
    """What is put in the place of what in which file; on which line of it, and by which check, the fault is named."""

    name: str
    old: str
    new: str
    at: str
    check: str
    said: str
    hint: str = ""
    file: str = "target.toml"
    subject: str = "operations"


_KEPT = 'listing = { table = "community_live_streams", room = "id" }'
_DERIVED = '[states]\nlisting = "derived"'
_END = "[deadlines]"  # the last table of the file: what is put before it is one of its own


def known(promise: str, scenario: str, expires: str) -> str:
    """An entry of known failures."""
    words = f'promise = "{promise}"\nscenario = "{scenario}"\nreason = "r"\nticket = "T-1"\nexpires = {expires}\n'
    return f"[[known_failures]]\n{words}{_END}"


FILE = [
    Case("expired", _END, known("E3", "*", "2020-01-31"), "[[known", "known failures", "E3 expired on 2020-01-31",
         "T-1", subject="file"),
    Case("no promise", _END, known("E99", "*", "2120-01-31"), "[[known", "known failures", "no promise 'E99'", "E9",
         subject="file"),
    Case("no scenario", _END, known("C2", "a host double-clicks", "2120-01-31"), "[[known", "known failures",
         "no scenario of C2 is called 'a host double-clicks'", "'the host double-clicks'", subject="file"),
]  # fmt: skip
SERVICES = [
    Case("no name", '"${launch.gateway}"', '"http://nowhere.invalid"', "gateway =", "gateway",
         "has a name that can't be resolved", "known here", subject="services"),
    Case("nobody there", '"${launch.data_api}"', '"http://127.0.0.1:9"', "data_api =", "data_api",
         "refuses connections", "is it running", subject="services"),
    Case("no TLS", 'web = "${launch.web}"', 'web = "https://127.0.0.1:${TLS_PORT}"', "web =", "web", "TLS",
         "http or https", subject="services"),
    Case("no probe", 'path = "/health"', 'path = "/healthy"', "[probe]", "probe", "GET /healthy answers 404, not 200",
         "`success`", subject="services"),
]  # fmt: skip
DATABASE = [
    Case("no database", 'dsn = "${launch.database}"', 'dsn = "host=127.0.0.1 port=9 dbname=x"', "", "database",
         "the database can't be reached", "dsn", subject="database"),
    Case("no table", "from live_rooms;", "from live_room;", "from live_room;", "relation rooms",
         'relation "live_room" does not exist', file="relations.sql", subject="database"),
    Case("no column", ", role, joined_at", ", joined_at", "attendance()", "relation attendance",
         "lacks the column 'role'", "select session_id", file="relations.sql", subject="database"),
    Case("no time", "title, status, starts_at,", "title, status, extract(epoch from starts_at)::bigint as starts_at,",
         "sessions()", "relation sessions", "starts_at is bigint, and must be timestamptz",
         "to_timestamp(starts_at)", file="relations.sql", subject="database"),
    Case("no relation", "-- name: listing()", "-- name: entries()", "", "database", "the relation 'listing' is missing",
         "-- name: listing()", file="relations.sql", subject="database"),
]  # fmt: skip
PEOPLE = [
    Case("no people", 'path = "/signup"\nheaders = { apikey = "${launch.anon_key}"', 'path = "/sign-up"\nheaders = { '
         'apikey = "${launch.anon_key}"', "[people]", "members", "could not make an account", "404", subject="people"),
    Case("no id", 'answer = { account = "user.id"', 'answer = { account = "user.uid"', "user.uid", "members",
         "an account without an id", 'account = "user.id"', subject="people"),
    Case("wrong id", 'answer = { account = "user.id"', 'answer = { account = "user.email"', "user.email", "members",
         "is not in the relation accounts", "account_id of relations.sql", subject="people"),
    Case("no sign-in", 'query = { grant_type = "password" }', 'query = { grant_type = "passwort" }', "[sign_in]",
         "sign-in", "could not sign", "400", subject="people"),
]  # fmt: skip
OPERATIONS = [
    Case("unknown operation", "[operations.host_present]", "[operations.host_presence]", "host_presence]", "described",
         "nobody ever asks for the operation 'host_presence'", "did you mean 'host_present'?"),
    Case("unknown refusal", 'not_idle = { status = 409, code = "ROOM_NOT_IDLE" }\nmalformed',
         "not_idel = { status = 409 }\nmalformed", "not_idel", "described",
         "nobody knows the refusal 'not_idel'", "'not_idle'?"),
    Case("not filled in", 'path = "/rooms/{room}/leave"', 'path = "/CHANGE-ME"', "/CHANGE-ME", "described",
         "still the skeleton's CHANGE-ME", "the gateway's own route"),
    Case("no answer word", 'answer = { room = "room.id" }', "answer = {}", "[operations.create_room]", "described",
         "needs `answer.room`", "JMESPath"),
    Case("no operation", "[operations.join]", "[operations.leave_]", "[operations.my_room]", "described",
         "no operation 'join'", "[operations.join]"),
    Case("answer not found", 'answer = { session = "session_id"', 'answer = { session = "session.id"', "session.id",
         "go_live", "answered 201 without 'session'", "session_id"),
    Case("success not listed", "success = [200, 201]", "success = [200]", "success = [200]\n", "go_live",
         "answered 201", "add 201 to `success`"),
    Case("wrong route", 'path = "/rooms/{room}/join"', 'path = "/rooms/{room}/enter"', "[operations.join]", "join",
         "refused: 404", "NOT_FOUND"),
    Case("wrong code", 'not_live = { status = 409, code = "INVALID_STATE" }', 'not_live = { status = 409, code = "N" }',
         'code = "N" }', "end: not_live", "it says 409 INVALID_STATE, not 409 N", 'code = "INVALID_STATE"'),
    Case("undescribed refusal", 'not_live = { status = 409, code = "INVALID_STATE" }\nmalformed', "malformed",
         "[operations.end]", "end: not_live", "it says 409 INVALID_STATE",
         'not_live = { status = 409, code = "INVALID_STATE" }'),
    Case("wrong mapping", "case status when 'pending'", "case status when 'live' then 'ended' when 'pending'",
         "listing()", "seen: listing", "the entry is 'ended' while the room is live", "listing = 2",
         file="relations.sql"),
    Case("a host inside all the same", _END, f"[presence]\ninside = []\n{_END}", "", "seen: no host inside",
         "has a row, and [presence] inside is empty", "SELECT"),
    Case("no host inside by going live", _END, f'[presence]\ninside = ["go_live"]\n{_END}', "", "seen: host inside",
         "has no open row of the session after going live", "SELECT"),
    Case("wrong log line", r"Session created: {session}", r"Session was created: {session}", "session_created",
         "gateway's log", "no line fits", "it logged"),
    Case("another title", 'title_or_none = "session.session_title"', 'title_or_none = "session.id"', "session.id",
         "room_state: told", "Ada is told: title_or_none is", "/state answered"),
    Case("everybody is the host", "\"viewer.role == 'host'\"", '"ok"', "is_host_or_none", "room_state: told",
         "is told: is_host_or_none is True, not False", "/state answered"),
    Case("other sessions", "sessions[].{session_id: id", "sessions[].{session_id: room_id", "room_id, title",
         "sessions: told", "newest_first has no session_id", "/sessions answered"),
    Case("others who wait", 'people = "waiting[].user_id"', 'people = "waiting[].display_name"', "waiting[].",
         "waiting: told", "who waits in the lobby", "/lobby answered"),
    Case("another end", 'ended_or_none = "ended_session_id"', 'ended_or_none = "live_room_id"', "ended_or_none", "end",
         "ended_or_none is", "/end answered"),
    Case("limiter", "[deadlines]", "[limits]\ngo_live = 50\nwindow = 60\n[deadlines]", "[limits]", "limiter",
         "the gateway's headers say: 10000 Go Lives in 900 s", "window = 900"),
]  # fmt: skip
WISHES = [
    Case("no such ban", '"/rooms/{room}/ban"', '"/rooms/{room}/bar"', "[operations.ban]", "ban", "refused: 404",
         "answered"),
    Case("no such letting in", '"/rooms/{room}/admit"', '"/rooms/{room}/let-in"', "[operations.admit]", "admit",
         "refused: 404", "answered"),
    Case("no such privacy", 'access_level = "group"', 'access_level = "secret"', "[operations.go_live_privately]",
         "go_live_privately", "refused: 400", "access_level"),
    Case("no such wish", 'max_participants = "{capacity}"', 'max_participants = "up to {capacity}"',
         "[operations.go_live]", "wishes", "with ends_at and capacity: refused", "max_participants"),
]  # fmt: skip
ARRANGEMENTS = [
    Case("no such arrangement", "-- name: lock_room", "-- name: lock_rooms", "lock_rooms", "arrange lock_rooms",
         "nobody ever asks for 'lock_rooms'", "'lock_room'?", file="arrange.sql", subject="database"),
    Case("undeclared parameter", "where id = (:room_id)::uuid for update", "where id = (:rooms_id)::uuid for update",
         "lock_room", "database", "undeclared parameter name in query lock_room", "that it uses", file="arrange.sql",
         subject="database"),
    Case("unknown parameter", "lock_room(room_id)\nselect id from live_rooms where id = (:room_id)",
         "lock_room(rooms_id)\nselect id from live_rooms where id = (:rooms_id)", "lock_room(",
         "arrange lock_room", "unknown parameter :rooms_id", "room_id", file="arrange.sql", subject="database"),
    Case("bad statement", "    (live_room_id, session_id, user_id, role", "    (room, session_id, user_id, role",
         "add_attendance", "arrange add_attendance", 'column "room"', file="arrange.sql", subject="database"),
    Case("does something else", "host_present = :host_present, updated_at",
         "host_present = not :host_present, updated_at",
         "set_room", "arrange set_room", "afterwards host_present is True, not False", "whether the host is present",
         file="arrange.sql", subject="database"),
    Case("more states than said", _END, f'[states]\nsessions = ["scheduled", "lobby", "live", "ended"]\n{_END}',
         "", "arrange add_session", "[states] sessions lacks 'cancelled', and the schema lets it be",
         "adds a session", subject="database"),
    Case("written to what is derived", _KEPT, _DERIVED, "", "arrange set_listing",
         "says that nothing is ever written to the listing", 'listing = "kept"', subject="database"),
    Case("kept, and said to be derived", _KEPT, _DERIVED, 'listing = "derived"', "derived listing",
         "should have one entry that says so: none", 'listing = "kept"', subject="database"),
    Case("removes too little", "delete from auth.users where id::text = any(:accounts)", "select 1", "remove(",
         "arrange remove", "the relation accounts still has rows of them", file="arrange.sql", subject="database"),
]  # fmt: skip
CAPABILITIES = [
    Case("no control", '"migration",', '"self-reset", "migration",', "self-reset",
         "self-reset", "Go Live on a room that is in use was refused", "take", subject="capabilities"),
    Case("no operation for it", "[operations.schedule]", "[operations.open_doors_]", '"scheduling"', "scheduling",
         "declared, but there is no operation 'schedule'", "[operations.schedule]", subject="capabilities"),
    Case("no file", "_cleanup_stuck_live_sessions.sql", "_clean.sql", '"migration"', "migration",
         "declared, but there is no file", "relative to", subject="capabilities"),
    Case("no such table", 'listing = { table = "community_live_streams"', 'listing = { table = "streams"', "streams",
         "write faults", 'relation "public.streams" does not exist', "streams", subject="capabilities"),
    Case("other ids", '{ table = "live_rooms", room = "id"', """{ table = "live_rooms", room = "'r' || id\"""",
         "live_rooms", "write faults", "by 'r' || id no row of live_rooms is one of the room", "makes it",
         subject="capabilities"),
    Case("no function", 'path = "/rpc/reset_live_room"', 'path = "/rpc/free_live_room"', "[operations.reset]", "reset",
         "answered 404: it reaches nothing", "free_live_room", subject="capabilities"),
]  # fmt: skip


def test_a_capability_whose_operation_does_not_work_is_not_well(tmp_path: Path) -> None:
    folder = variant(tmp_path / "variant", ('path = "/rooms/{room}/host-present"', 'path = "/rooms/{room}/there"'))
    found = examined(folder, "capabilities", until="host-presence")
    finding = next(
        one for _, one in found.findings if one.check == "host-presence" and one.condition is not Condition.OK
    )
    assert finding.condition is Condition.NOT_REACHED
    assert "'host_present' did not work" in finding.detail


def test_a_success_is_not_offered_as_a_refusal(tmp_path: Path) -> None:
    """Asked by nobody, the probe's route answers 200: without the room that it should tell."""
    old = 'path = "/rooms/me"\nanswer = { room = "room.id", status = "room.status" }\nrefusals'
    new = 'path = "/health"\nanswer = { room = "room.id" }\nrefusals'
    found = examined(variant(tmp_path / "variant", (old, new)), "operations", until="my_room: unauthenticated")
    finding = found.of("my_room: unauthenticated")
    assert finding.condition is Condition.WRONG
    assert "status = 200" not in finding.hint and "a success refuses nothing" in finding.hint


CASES = [*FILE, *SERVICES, *DATABASE, *PEOPLE, *OPERATIONS, *WISHES, *ARRANGEMENTS, *CAPABILITIES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_fault_is_named_with_its_place_and_a_hint(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.support.doctoring import reference

    monkeypatch.setenv("TLS_PORT", reference().ready["web"].rpartition(":")[2])
    sql = [(case.file, case.old, case.new)] if case.file.endswith(".sql") else []
    folder = variant(tmp_path / "variant", *([] if sql else [(case.old, case.new)]), sql=sql)
    found = examined(folder, case.subject, until=case.check if case.check != "described" else "")
    faults = [finding for finding in found.wrong() if finding.check == case.check and case.said in finding.detail]
    assert faults, found.wrong()
    assert case.hint in faults[0].hint
    if case.at:
        written = (folder / case.file).read_text(encoding="utf-8").splitlines()
        line = next(number for number, text in enumerate(written, start=1) if case.at.strip() in text)
        assert f"{case.file}:{line}" in faults[0].detail + faults[0].hint

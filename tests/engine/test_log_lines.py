"""Documented lines in plain and JSON lines, when they were written, and which line follows which."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

from greenroom.claims.logs.lines import LineReader, Seen
from greenroom.claims.logs.pairs import Pairs
from greenroom.claims.logs.patterns import DOCUMENTED, KINDS, patterns
from greenroom.claims.logs.times import time_of_line, time_of_value
from greenroom.core.errors import GreenroomError, TargetUnavailable
from greenroom.drivers import log_stream
from greenroom.drivers.log_stream import Piece, pieces_of_command, pieces_of_file
from greenroom.targetfile.model import Logs

TEN = 1771149600.0  # 2026-02-15 10:00 UTC


def seen(text: str, logs: Logs | None = None, *, first: int = 1) -> list[Seen]:
    return LineReader(logs or Logs()).seen_in(Piece("log", first, text, len(text)))


def pairs_of(*moments: tuple[str, float | None] | tuple[str, float | None, str], within: float = 10) -> Pairs:
    """ "begin" or "follow", at so many seconds, with a key if one is given."""
    found = Pairs(within)
    for number, (what, at, *key) in enumerate(moments, 1):
        line = Seen("session_created", "log", number, at, what, key[0] if key else "")
        (found.begin if what == "begin" else found.follow)(line)
    found.finish(max((at for _, at, *_ in moments if at is not None), default=None))
    return found


@pytest.mark.parametrize(
    "line",
    [
        "2026-02-15T10:00:00.000000Z POST /rooms",
        "2026-02-15 10:00:00 [VTID-01228]",
        "gateway-1  | 2026-02-15T11:00:00+01:00 hello",
        "2026-02-15T11:00:00,000+0100 hello",
        "2026-02-15T10:00:00.000000000Z stdout F hello",
        '10.0.0.1 - - [15/Feb/2026:12:00:00 +0200] "POST /rooms/1/sessions HTTP/1.1" 409 31',
    ],
)
def test_a_time_is_read(line: str) -> None:
    assert time_of_line(line) == TEN


@pytest.mark.parametrize(
    "line", ["hello", "", "2026-13-15T10:00:00Z", "x" * 200 + "2026-02-15T10:00:00Z", "[99/Feb/2026:12:00:00 +0200]"]
)
def test_there_is_no_time(line: str) -> None:
    assert time_of_line(line) is None


@pytest.mark.parametrize("value", [TEN, TEN * 1e3, int(TEN * 1e6), int(TEN * 1e9), "2026-02-15T10:00:00Z"])
def test_a_time_of_json_may_be_a_number(value: object) -> None:
    assert time_of_value(value) == TEN


@pytest.mark.parametrize("value", [None, True, [], "yesterday"])
def test_other_values_are_no_time(value: object) -> None:
    assert time_of_value(value) is None


DOCUMENTED_LINES = {
    "session_created": "[VTID-01228] Session created: 3f2a-7",
    "listing_synced": "[VTID-01228] Synced session to community_live_streams",
    "conflict_noticed": "[GoLivePopup] Room not idle (409)",
    "conflict_answered": "POST /rooms/3f2a-7/sessions 409 3.1ms",
    "reset_succeeded": "Force reset succeeded",
    "fallback_succeeded": "[EndRoom] Fallback succeeded: room reset to idle",
    "room_provisioned": "Auto-provisioning permanent room",
}


@pytest.mark.parametrize(("kind", "line"), DOCUMENTED_LINES.items(), ids=DOCUMENTED_LINES.keys())
def test_every_documented_line_is_known_and_told_apart(kind: str, line: str) -> None:
    (found,) = seen(f"before\n2026-02-15T10:00:00Z {line} and more\nafter\n")
    assert (found.kind, found.line, found.time) == (kind, 2, TEN)
    assert found.key == ("3f2a-7" if kind == "session_created" else "")


def test_every_kind_is_documented() -> None:
    assert set(DOCUMENTED) == set(KINDS) == set(DOCUMENTED_LINES) == set(Logs.model_fields) & set(KINDS)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ('"POST /api/v1/live/rooms/3/sessions HTTP/1.1" 409 12', True),
        ("POST http://gw/rooms/3/sessions 409 2ms", True),
        ("POST /rooms/3/sessions 201 409ms", False),
        ("POST /rooms/3/end 409 2ms", False),
        ("GET /rooms/3/sessions 409 2ms", False),
        ("POST /rooms/3/sessions 4090", False),
    ],
)
def test_a_refused_go_live_in_a_request_log(line: str, is_one: bool) -> None:
    assert bool(seen(line)) is is_one


def test_the_patterns_of_the_target_take_the_place_of_the_documented_ones() -> None:
    logs = Logs(
        session_created=r"^LIVE {session} again {session}$", listing_synced=r"user=(?P<key>\w+) listed {session}"
    )
    found = seen("LIVE a-1 again a-1\nLIVE a-1 again a-2\nx LIVE a-1 again a-1\nuser=ada listed 77\n", logs)
    assert [(one.kind, one.line, one.key) for one in found] == [
        ("session_created", 1, "a-1"),
        ("listing_synced", 4, "ada"),
    ]
    assert patterns(logs)["reset_succeeded"].pattern == DOCUMENTED["reset_succeeded"]


def test_lines_are_counted_through_and_looked_at_one_by_one() -> None:
    logs = Logs(conflict_noticed=r"not\s+idle", reset_succeeded=r"a[^b]*b")
    found = seen("not\nidle\nnot idle\na\nab\nb not idle not idle\n", logs, first=101)
    assert [(one.kind, one.line) for one in found] == [
        ("conflict_noticed", 103), ("reset_succeeded", 105), ("conflict_noticed", 106),
    ]  # fmt: skip


def test_a_line_without_a_time_has_that_of_the_one_above() -> None:
    first, second = seen("2026-02-15T10:00:00Z hello\n at somewhere\nForce reset succeeded\n" * 2)
    assert first.time == second.time == TEN
    (lone,) = seen("Force reset succeeded\n")
    assert lone.time is None


@pytest.mark.parametrize(
    ("entry", "logs"),
    [
        ({"time": "2026-02-15T10:00:00Z", "msg": 'it said "Force reset succeeded"'}, Logs()),
        ({"ts": TEN, "message": "Force reset succeeded", "level": "warn"}, Logs()),
        ({"timestamp": "2026-02-15T10:00:00Z", "jsonPayload": {"message": "Force reset succeeded"}}, Logs()),
        ({"at": TEN * 1000, "e": {"t": "Force reset succeeded"}}, Logs(message="e.t", time="at")),
        ({"time": "2026-02-15T10:00:00Z", "odd": "Force reset succeeded"}, Logs()),
    ],
)
def test_a_json_line_has_a_message_and_a_time(entry: dict[str, object], logs: Logs) -> None:
    text = f"plain line\n{json.dumps(entry)}\n{{no json Force reset\n[]\n"
    (found,) = seen(text, logs)
    assert (found.kind, found.line, found.time) == ("reset_succeeded", 2, TEN)


def test_a_json_line_is_more_than_its_text() -> None:
    quoted = json.dumps({"msg": "a\nb", "note": "Force reset succeeded"})
    assert seen(quoted) == [], "only its message counts"
    (found,) = seen(
        json.dumps({"msg": "[VTID-01228] Session created: é-1"}), Logs(session_created="created: (?P<key>.+)$")
    )
    assert found.key == "é-1"


def test_a_file_is_read_in_pieces_of_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_stream, "_READ", 7)
    monkeypatch.setattr(log_stream, "_LONGEST_LINE", 20)
    lines = ["one", "", "three and more", "né\ufffd", "x" * 60, "last"]
    for name, write in (("a.log", lambda path, data: path.write_bytes(data)), ("a.gz", _zipped)):
        write(tmp_path / name, "\r\n".join(lines).encode())
        pieces = list(pieces_of_file(str(tmp_path / name)))
        assert "".join(piece.text for piece in pieces) == "\n".join(lines).replace("\r", "")
        for piece in pieces:
            before = "".join(other.text for other in pieces[: pieces.index(piece)])
            assert piece.first_line == before.count("\n") + 1


def _zipped(path: Path, data: bytes) -> None:
    path.write_bytes(gzip.compress(data))


def test_what_can_t_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(GreenroomError, match=r"none\.log can't be read: No such file"):
        list(pieces_of_file(str(tmp_path / "none.log")))
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"line\n" * 1000)[:30])
    with pytest.raises(TargetUnavailable, match="can't be read to its end"):
        list(pieces_of_file(str(tmp_path / "cut.gz")))
    with pytest.raises(TargetUnavailable, match="can't be run"):
        list(pieces_of_command(["/no/such/program"]))


def test_a_command_prints_a_log_and_may_fail() -> None:
    program = "print('one'); print('two'); import sys; sys.exit({})"
    (piece,) = pieces_of_command([sys.executable, "-c", program.format(0)])
    assert piece.text == "one\ntwo\n"
    with pytest.raises(TargetUnavailable, match="failed with exit 5"):
        list(pieces_of_command([sys.executable, "-c", program.format(5)]))


@pytest.mark.parametrize(
    ("moments", "followed", "alone", "undecided", "out_of_place"),
    [
        ([("begin", 0), ("follow", 1)], 1, [], 0, 0),
        ([("begin", 0), ("follow", 11)], 0, [1], 0, 1),
        ([("begin", 0), ("follow", 10)], 1, [], 0, 0),
        ([("begin", 0), ("begin", 5), ("follow", 5.1)], 1, [], 1, 0),
        ([("begin", 0), ("begin", 5), ("follow", 5.1), ("follow", 60)], 1, [1], 0, 1),
        ([("begin", 0), ("begin", 1), ("follow", 2), ("follow", 3)], 2, [], 0, 0),
        ([("begin", 0, "a"), ("begin", 1, "b"), ("follow", 2, "a"), ("begin", 60, "c")], 1, [2], 1, 0),
        ([("begin", 0, "a"), ("follow", 1, "b"), ("begin", 60)], 0, [1], 1, 1),
        ([("begin", 0, "a"), ("begin", 1, "b"), ("follow", 2), ("begin", 60)], 1, [1], 1, 0),
        ([("begin", 0), ("follow", 1, "a")], 1, [], 0, 0),
        ([("follow", 0), ("begin", 1)], 0, [], 1, 1),
        ([("begin", 5), ("follow", 4.5)], 1, [], 0, 0),
        ([("begin", None), ("begin", None), ("follow", None)], 1, [1], 0, 0),
        ([("begin", 0), ("follow", None)], 1, [], 0, 0),
    ],
)
def test_which_line_follows_which(
    moments: list[tuple[str, float]], followed: int, alone: list[int], undecided: int, out_of_place: int
) -> None:
    found = pairs_of(*moments)
    assert (found.followed, found.undecided, found.out_of_place) == (followed, undecided, out_of_place)
    assert [line.line for line in found.places] == alone and found.alone == len(alone)
    assert found.begun == found.followed + found.alone + found.undecided


def test_what_one_file_left_is_not_followed_in_another() -> None:
    found = Pairs(10)
    found.begin(Seen("conflict_noticed", "one", 9, 1000.0, ""))
    found.begin(Seen("conflict_noticed", "two", 1, 0.0, ""))
    found.follow(Seen("reset_succeeded", "two", 2, 1.0, ""))
    found.follow(Seen("reset_succeeded", "two", 3, 1001.0, ""))
    assert (found.followed, found.undecided, found.out_of_place) == (1, 1, 1)


def test_what_waits_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenroom.claims.logs.pairs._MOST_WAITING", 5)
    monkeypatch.setattr("greenroom.claims.logs.pairs.KEPT", 2)
    found = Pairs(10)
    for number in range(1, 9):
        found.begin(Seen("conflict_noticed", "log", number, None, "", key=f"{number % 2 or ''}"))
    found.finish(None)
    assert found.alone == 8 and [line.line for line in found.places] == [1, 2]

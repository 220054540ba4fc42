"""`greenroom logs`, as an operator calls it: figures right to the line, bounds, places, and exit codes."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from greenroom.core.project import ROOT
from greenroom.record.series import SCHEMA as SERIES_SCHEMA
from greenroom.record.series import WatchBegan
from greenroom.reporting.schemas import DOCS
from tests.bench.big_log import Written, write
from tests.support.command_line import GREENROOM, LONGEST, greenroom
from tests.support.plain_environment import environment
from tests.support.running_reference import Running

SCHEMA = Draft202012Validator(json.loads((DOCS / "logs.schema.json").read_text(encoding="utf-8")))
DAY = "2026-02-15T"
CREATED, SYNCED = "[VTID-01228] Session created: {}", "[VTID-01228] Synced session to community_live_streams"
CONFLICT, RESET = "[GoLivePopup] Room not idle (409)", "[GoLivePopup] Force reset succeeded"
REFUSED = "POST /rooms/r-1/sessions 409 3.1ms"
HEALTHY = [f"10:{minute:02}:00 {line}" for minute in range(60) for line in (CREATED.format(f"s-{minute}"), SYNCED)]


def log(folder: Path, lines: Sequence[str], name: str = "gateway.log") -> str:
    """A log with these lines, of one day."""
    (folder / name).write_text("".join(f"{DAY}{line[:8]}.000Z{line[8:]}\n" for line in lines), encoding="utf-8")
    return str(folder / name)


def target(folder: Path, *lines: str) -> str:
    """A target of which nothing is described but this."""
    (folder / "target.toml").write_text("\n".join(('[addresses]\ngateway = "${NOT_SET}"', *lines)), encoding="utf-8")
    return str(folder)


def read(*arguments: str) -> dict[str, Any]:
    """What it prints as JSON, which keeps to its schema."""
    ran = greenroom("logs", *arguments, "--json")
    found: dict[str, Any] = json.loads(ran.out)
    SCHEMA.validate(found)
    assert ran.code == found["exit"] and ran.err == ""
    return found


def found_of(seen: dict[str, Any], name: str) -> tuple[Any, Any]:
    (one,) = [one for one in seen["figures"] if one["name"] == name]
    return one["found"], one["holds"]


def began(at: str) -> WatchBegan:
    """The first line of a watch of that time of day."""
    return WatchBegan(
        event="began",
        schema=SERIES_SCHEMA,
        target="staging",
        at=f"{DAY}{at}",
        every=300,
        lasts=None,
        continues=False,
        canary="",
        version="1",
    )


def as_it_is(path: Path) -> str:
    return str(path)


def zipped(path: Path) -> str:
    (path.parent / "log.gz").write_bytes(gzip.compress(path.read_bytes()))
    return str(path.parent / "log.gz")


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "JSON"])
def big(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    """Several megabytes, and what stands in them."""
    path = tmp_path_factory.mktemp("logs") / "big.log"
    return path, write(path, 12_000_000, as_json=request.param)


@pytest.mark.parametrize("prepare", [as_it_is, zipped])
def test_figures_are_right_to_the_line(big: tuple[Path, Written], prepare: Callable[[Path], str]) -> None:
    path, written = big
    name = prepare(path)
    seen = read(name)
    assert written.unreset > 1 and written.unsynced > 0 and written.conflicts > 30
    assert seen["lines"] == written.lines
    assert sum(hour["sessions_created"] for hour in seen["hours"]) == seen["syncs"]["begun"] == written.created
    assert sum(hour["conflicts"] for hour in seen["hours"]) == seen["resets"]["begun"] == written.conflicts
    assert found_of(seen, "stuck_rooms") == (written.unreset, False)
    assert found_of(seen, "unlisted_sessions") == (written.unsynced, False)
    assert seen["resets"]["undecided"] == seen["syncs"]["undecided"] == 0
    assert seen["resets"]["out_of_place"] == seen["syncs"]["out_of_place"] == 0
    lines = path.read_text().splitlines()
    places = [place["line"] for place in seen["resets"]["places"]]
    assert places == [
        number for number, line in enumerate(lines, 1) if "Room not idle" in line and "Force reset" not in lines[number]
    ]
    unsynced = [place["line"] for place in seen["syncs"]["places"]]
    assert unsynced == [
        number for number, line in enumerate(lines, 1) if "created:" in line and "Synced" not in lines[number]
    ]
    assert {place["file"] for place in seen["resets"]["places"]} == {name}


def test_a_healthy_log_is_conformant(tmp_path: Path) -> None:
    ran = greenroom("logs", log(tmp_path, HEALTHY))
    assert ran.code == 0, ran.said
    assert "  2026-02-15 10:00       60     0  0.0%        0         0          0            0\n" in ran.out
    assert "  60 sessions created, 60 synced\n" in ran.out
    assert ran.out.endswith("conformant: reference, 120 lines, 2026-02-15 10:00:00Z to 2026-02-15 10:59:00Z\n")


@pytest.mark.parametrize(
    ("more", "name", "found"),
    [
        ([f"11:00:0{second} {REFUSED}" for second in range(2)], "conflict_rate", 1.0),
        ([f"10:59:0{second} {CONFLICT}" for second in range(2)], "conflict_rate", 2 / 62),
        ([f"10:59:00 {CONFLICT}", f"11:00:00 {RESET}"], "stuck_rooms", 1),
        ([f"10:59:00 {CREATED.format('s-99')}", "11:10:00 hello"], "unlisted_sessions", 1),
    ],
)
def test_what_is_out_of_bounds_is_not_conformant(tmp_path: Path, more: list[str], name: str, found: float) -> None:
    seen = read(log(tmp_path, HEALTHY + more))
    assert (seen["exit"], seen["verdict"]) == (1, "not conformant")
    assert found_of(seen, name) == (pytest.approx(found), False)


@pytest.mark.parametrize(
    ("more", "watch", "name"),
    [
        ([f"10:59:0{second} {REFUSED}" for second in range(2)], "conflict_rate = 0.05", "conflict_rate"),
        ([f"10:59:0{second} {REFUSED}" for second in range(2)], "conflicts_an_hour = 2", "conflict_rate"),
        ([f"10:59:00 {CONFLICT}", f"11:00:00 {RESET}"], "reset_within = 60", "stuck_rooms"),
        ([f"10:59:00 {CONFLICT}", f"11:00:00 {RESET}"], "stuck_rooms = inf", "stuck_rooms"),
        ([f"10:59:00 {CREATED.format('s-99')}", "11:10:00 hello"], "unlisted_sessions = 1", "unlisted_sessions"),
    ],
)
def test_the_bounds_are_the_target_s(tmp_path: Path, more: list[str], watch: str, name: str) -> None:
    file = log(tmp_path, HEALTHY + more)
    assert found_of(read(file), name)[1] is False
    seen = read(file, "--target", target(tmp_path, "[watch]", watch))
    assert found_of(seen, name)[1] is True and seen["exit"] == 0


@pytest.mark.parametrize(
    ("bound", "line", "figure"),
    [
        ("fallback_ends", "[EndRoom] Fallback succeeded: room reset to idle", "fallback_ends"),
        ("rooms_provisioned", "Auto-provisioning permanent room", "rooms_provisioned"),
    ],
)
def test_lines_that_are_told_may_be_judged(tmp_path: Path, bound: str, line: str, figure: str) -> None:
    file = log(tmp_path, [*HEALTHY, f"11:00:00 {line}"])
    seen = read(file)
    assert (seen["exit"], found_of(seen, figure)) == (0, (1, True))
    assert [place["line"] for place in seen[figure]["places"]] == [121]
    assert read(file, "--target", target(tmp_path, "[watch]", f"{bound} = 0"))["exit"] == 1


def test_lines_that_nothing_followed_are_shown_with_their_place(tmp_path: Path) -> None:
    file = log(tmp_path, [*HEALTHY, *(f"11:0{minute}:00 {CONFLICT} at Bearer abcdefgh12345678" for minute in range(3))])
    ran = greenroom("logs", file, "--rows", "2")
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert lines[0] == "2 lines not followed by a forced reset within 30 s"
    assert lines[1].startswith(f"  {file}:121: 2026-02-15T11:00:00.000Z [GoLivePopup] Room not idle (409)")
    assert lines[2].startswith(f"  {file}:122: ")
    assert "abcdefgh12345678" not in ran.out
    assert any(line.startswith("  3 conflicts, 0 followed by a forced reset, 1 still waiting when") for line in lines)
    assert lines[-1].startswith("not conformant  conflict_rate, stuck_rooms out of bounds: reference, 123 lines")
    assert "  … and 1 more: --rows\n" in greenroom("logs", file, "--rows", "1").out


def test_only_lines_since_then_count(tmp_path: Path) -> None:
    file = log(tmp_path, [f"09:00:00 {CONFLICT}", *HEALTHY])
    assert read(file)["exit"] == 1
    seen = read(file, "--since", f"{DAY}10:30")
    assert (seen["exit"], seen["earlier"], seen["syncs"]["begun"]) == (0, 61, 30)
    quiet = read(file, "--since", "1min")
    assert (quiet["exit"], quiet["hours"]) == (0, []), "the lines are known to be those of this log"


def test_only_lines_since_a_watch_began_count(tmp_path: Path) -> None:
    file, series = log(tmp_path, [f"09:00:00 {CONFLICT}", *HEALTHY]), tmp_path / "watch" / "series.jsonl"
    series.parent.mkdir()
    lines = (began(at).model_dump_json(by_alias=True) for at in ("08:00:00Z", "10:30:00.500Z"))
    series.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    for named in (series, series.parent):
        seen = read(file, "--since", str(named))
        assert (seen["exit"], seen["earlier"], seen["since"]) == (0, 63, f"{DAY}10:30:00.500Z")
    ran = greenroom("logs", file, "--since", str(tmp_path))
    assert ran.code == 3 and "is no moment" in ran.complaint[0]


def test_the_gateway_s_own_conflicts_are_not_counted_twice(tmp_path: Path) -> None:
    gateway = log(tmp_path, [*HEALTHY, f"10:59:10 {REFUSED}"])
    page = log(tmp_path, [f"10:59:10 {CONFLICT}", f"10:59:11 {RESET}"], "page.log")
    seen = read(gateway, page)
    assert seen["exit"] == 0 and seen["sources"] == [gateway, page]
    assert [hour["conflicts"] for hour in seen["hours"]] == [1]


def test_a_page_s_log_alone_can_t_tell_the_rate(tmp_path: Path) -> None:
    page = log(
        tmp_path, [line for number in range(3) for line in (f"10:0{number}:00 {CONFLICT}", f"10:0{number}:01 {RESET}")]
    )
    seen = read(page)
    assert (seen["exit"], found_of(seen, "conflict_rate"), found_of(seen, "stuck_rooms")) == (
        2,
        (None, None),
        (0, True),
    )
    ran = greenroom("logs", page)
    assert ran.out.splitlines()[-1].startswith("could not tell  the log shows conflicts and no Go Live")


def test_a_log_with_none_of_the_lines_tells_nothing(tmp_path: Path) -> None:
    ran = greenroom("logs", log(tmp_path, ["10:00:00 hello"]))
    assert ran.code == 2
    assert ran.out.splitlines()[-1].startswith("could not tell  none of the lines of [logs] is there")


def test_a_log_without_times_is_read_in_its_order(tmp_path: Path) -> None:
    (tmp_path / "page.log").write_text(f"{CREATED.format('s-1')}\n{SYNCED}\n{CONFLICT}\n")
    seen = read(str(tmp_path / "page.log"))
    assert (seen["untimed"], seen["hours"], seen["resets"]["alone"], seen["syncs"]["followed"]) == (3, [], 1, 1)
    assert "  3 lines without a time are in no hour\n" in greenroom("logs", str(tmp_path / "page.log")).out


def test_standard_input_is_a_log() -> None:
    text = "".join(f"{DAY}{line}\n" for line in HEALTHY) + f"{DAY}11:00:00 {CONFLICT}\n{DAY}12:00:00 hello\n"
    done = subprocess.run(
        [*GREENROOM, "logs", "-"], input=text, cwd=ROOT, env=environment(), capture_output=True, text=True,
        timeout=LONGEST, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "  (standard input):121: 2026-02-15T11:00:00 [GoLivePopup] Room not idle (409)" in done.stdout


def test_the_target_says_where_its_log_is(tmp_path: Path) -> None:
    log(tmp_path, HEALTHY)
    place = target(tmp_path, "[logs]", 'gateway_file = "gateway.log"')
    assert read("--target", place)["lines"] == 120
    program = f"print(open({str(tmp_path / 'gateway.log')!r}).read(), end='')"
    place = target(tmp_path, "[logs]", f"gateway_command = {json.dumps([sys.executable, '-c', program])}")
    assert read("--target", place)["lines"] == 120
    place = target(tmp_path, "[logs]", f"gateway_command = {json.dumps([sys.executable, '-c', 'raise SystemExit(5)'])}")
    ran = greenroom("logs", "--target", place)
    assert ran.code == 2 and "the command that prints the log failed with exit 5" in ran.err


@pytest.mark.parametrize(
    ("arguments", "complaint", "hint"),
    [
        ([], "reference is launched for each run, and its log is gone with it", "greenroom logs FILE"),
        (["none.log"], "none.log can't be read: No such file or directory", "or - for standard input"),
        (["README.md", "--since", "yesterday"], "--since 'yesterday' is no moment", '"24h"'),
        (["--target", "vitana-staging"], "vitana-staging says neither a log file nor a command", "[logs] gateway_file"),
    ],
)
def test_misuse_is_said(arguments: list[str], complaint: str, hint: str) -> None:
    ran = greenroom("logs", *arguments)
    assert ran.code == 3
    assert ran.complaint[0].startswith(complaint) and hint in ran.complaint[1]


@pytest.mark.parametrize(
    ("table", "line", "complaint"),
    [
        ("watch", "conflict_rat = 0.1", "unknown key `conflict_rat`"),
        ("watch", "stuck_rooms = -1", "[watch] `stuck_rooms` input should be greater than or equal to 0"),
        ("logs", "reset_succeeded = '('", "[logs] `reset_succeeded` is no regular expression"),
        ("logs", "message = 'a['", "[logs] `message` is no JMESPath"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(tmp_path: Path, table: str, line: str, complaint: str) -> None:
    ran = greenroom("logs", "README.md", "--target", target(tmp_path, f"[{table}]", line))
    assert ran.code == 3
    assert "target.toml:4: " in ran.complaint[0] and complaint in ran.complaint[0]


def test_the_help_names_the_tables_that_count() -> None:
    for command, tables in (("logs", ("[logs]", "[watch]")), ("audit", ("[database]",))):
        ran = greenroom(command, "-h")
        assert ran.code == 0 and all(table in ran.out for table in tables), ran.out


@pytest.mark.integration
def test_a_real_gateway_s_log(stack: Running) -> None:
    host, room, _ = stack.live("Logged")
    assert stack.go_live(host, room).status == 409
    seen = read(stack["gateway_log"])
    assert seen["syncs"]["begun"] >= 1 and seen["syncs"]["alone"] == 0
    assert sum(hour["conflicts"] for hour in seen["hours"]) >= 1

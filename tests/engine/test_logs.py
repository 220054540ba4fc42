"""The gateway's log from a moment on, and documented lines in their order."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from greenroom.core.errors import NotApplicable, TargetUnavailable
from greenroom.drivers.logs import GatewayLog, about_session, in_order
from greenroom.targetfile.model import Logs

LINES = "12:00 Session created: s1\n12:00 unrelated\n12:01 Synced session\n12:02 Session created: s2\n"


@pytest.mark.parametrize(
    ("patterns", "missing"),
    [
        ([r"Session created: s1", r"Synced session"], ""),
        ([r"created: s1", r"created: s2"], ""),
        ([], ""),
        ([r"Synced session", r"Session created: s1"], r"Session created: s1"),
        ([r"created: s1", r"created: s1"], r"created: s1"),
        ([r"Session created: s3"], r"Session created: s3"),
        ([r"Synced .*created"], r"Synced .*created"),
        ([r"^12:00 Session created: s1$", r"^12:01 Synced session$"], ""),
        ([r"^Session created: s1$"], r"^Session created: s1$"),
    ],
)
def test_lines_in_order(patterns: list[str], missing: str) -> None:
    assert in_order(LINES, patterns) == missing


def test_an_id_is_no_pattern() -> None:
    pattern = about_session(r"created: {session}$", "s.1+")
    assert in_order("created: s.1+\n", [pattern]) == ""
    assert in_order("created: sx11\n", [pattern]) == pattern


def test_a_number_is_no_part_of_a_longer_one() -> None:
    pattern = about_session(r"created: {session}", "12")
    assert in_order("created: 123\ncreated: 12 at once\n", [pattern]) == ""
    assert in_order("created: 123\n", [pattern]) == pattern
    assert in_order("112 was made\n", [about_session("{session} was made", "12")]) != ""


def test_only_what_was_logged_since_counts(tmp_path: Path) -> None:
    file = tmp_path / "gateway.log"
    file.write_text("of before\n", encoding="utf-8")
    log = GatewayLog(Logs(gateway_file="gateway.log"), tmp_path)
    assert log.fresh() == ""
    with file.open("ab") as more:
        more.write("naïve\n".encode() + b"\xff\n")
    assert log.fresh() == "naïve\n\ufffd\n"


def test_a_file_that_is_not_there_is_a_fault_of_the_environment(tmp_path: Path) -> None:
    with pytest.raises(TargetUnavailable, match="can't be read"):
        GatewayLog(Logs(gateway_file="none.log"), tmp_path)


def test_a_command_may_print_the_log(tmp_path: Path) -> None:
    file = tmp_path / "log"
    file.write_text("old\n")
    command = [sys.executable, "-c", f"print(open({str(file)!r}).read(), end='')"]
    log = GatewayLog(Logs(gateway_command=command), tmp_path)
    file.write_text("old\nnew\n")
    assert log.fresh() == "new\n"


@pytest.mark.parametrize("command", [["/no/such/program"], [sys.executable, "-c", "raise SystemExit(1)"]])
def test_a_command_that_fails_is_a_fault_of_the_environment(tmp_path: Path, command: list[str]) -> None:
    with pytest.raises(TargetUnavailable, match="the command that prints the gateway's log failed"):
        GatewayLog(Logs(gateway_command=command), tmp_path)


def test_without_either_the_log_is_not_applicable(tmp_path: Path) -> None:
    with pytest.raises(NotApplicable, match="neither a log file nor a command"):
        GatewayLog(Logs(), tmp_path)

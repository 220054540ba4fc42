"""What is new in the gateway's log since the look before: over rotations, restarts, and lines that are not finished."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from greenroom.claims.watching.log import GoLiveLog
from greenroom.core.errors import TargetUnavailable
from greenroom.drivers import log_follower
from greenroom.drivers.log_follower import fresh_lines, printed
from greenroom.targetfile.model import Logs

CREATED = "2026-02-15T12:0{}:00Z [VTID-01228] Session created: 7c1e\n"
REFUSED = "2026-02-15T12:0{}:00Z POST /api/v1/live/rooms/7c1e/sessions 409 2.1ms\n"


def append(log: Path, text: str) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    append(found := tmp_path / "gateway.log", CREATED.format(0) * 5)
    return found


def counted(log: GoLiveLog, position: str) -> tuple[int, int, str]:
    found = log.look(position)
    assert not found.could_not_tell
    return found.go_lives, found.conflicts, found.position


def test_only_what_is_new_counts(log: Path) -> None:
    reader = GoLiveLog(Logs(gateway_file=log.name), log.parent)
    go_lives, conflicts, position = counted(reader, "")
    assert (go_lives, conflicts) == (0, 0), "what was before the watch is none of its business"
    append(log, CREATED.format(1) + REFUSED.format(1) * 2)
    go_lives, conflicts, position = counted(reader, position)
    assert (go_lives, conflicts) == (3, 2)
    assert counted(reader, position) == (0, 0, position)


def test_a_line_that_is_not_finished_counts_once(log: Path) -> None:
    reader, whole = GoLiveLog(Logs(gateway_file=log.name), log.parent), REFUSED.format(1)
    _, _, position = counted(reader, "")
    append(log, whole[:40])
    go_lives, _, position = counted(reader, position)
    assert go_lives == 0
    append(log, whole[40:])
    assert counted(reader, position)[:2] == (1, 1)


def test_a_rotated_log_is_read_from_its_beginning(log: Path) -> None:
    position = fresh_lines(log, "").position
    log.rename(log.with_suffix(".1"))
    append(log, CREATED.format(1) * 9)
    assert fresh_lines(log, position).text == CREATED.format(1) * 9
    position = fresh_lines(log, position).position
    log.write_text(CREATED.format(2), encoding="utf-8")  # cut to nothing, and begun again
    assert fresh_lines(log, position).text == CREATED.format(2)


def test_a_log_that_cannot_be_read_is_left_to_the_next_look(log: Path) -> None:
    reader = GoLiveLog(Logs(gateway_file=log.name), log.parent)
    _, _, position = counted(reader, "")
    away = log.rename(log.with_suffix(".away"))
    lost = reader.look(position)
    assert "can't be read" in lost.could_not_tell and lost.position == position
    append(away.rename(log), REFUSED.format(1))
    assert counted(reader, lost.position)[:2] == (1, 1)


def test_what_a_command_prints_counts_by_its_times(log: Path) -> None:
    reader = GoLiveLog(Logs(gateway_command=["cat", str(log)]), log.parent)
    _, _, position = counted(reader, "")
    append(log, CREATED.format(3) + REFUSED.format(4) + "without a time [VTID-01228] Session created: 1\n")
    go_lives, conflicts, position = counted(reader, position)
    assert conflicts == 1 and go_lives >= 2
    assert counted(reader, position)[:2] == (0, 0)


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (["./no-such-command"], "can't be run"),
        ([sys.executable, "-c", "raise SystemExit(4)"], "failed with exit 4"),
        ([sys.executable, "-c", "import time; time.sleep(60)"], "took more than 0.5 s"),
    ],
)
def test_a_command_that_prints_no_log(command: list[str], complaint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_follower, "COMMAND_SECONDS", 0.5 if "sleep" in command[-1] else 30)
    with pytest.raises(TargetUnavailable, match=complaint):
        printed(command)
    assert complaint in GoLiveLog(Logs(gateway_command=command), Path()).look("1").could_not_tell

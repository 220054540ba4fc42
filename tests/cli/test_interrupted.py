"""A run that is cut short, by Ctrl-C or by force: never green, and nothing of it goes on running."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from greenroom.core.deadlines import eventually
from greenroom.core.project import ROOT
from greenroom.isolation.ledger import left_behind
from greenroom.record.reader import read_record
from tests.support.command_line import GREENROOM, LONGEST, greenroom, verdict_of
from tests.support.plain_environment import environment

pytestmark = [pytest.mark.integration, pytest.mark.long]

FEATURE = """\
Feature: Long enough to be cut short

  @E1
  Scenario Outline: round <n>
    Given Ada is live with Grace as a guest
    When Ada ends the room through the gateway
    Then Ada's room is at rest

    Examples:
      | n |
{rows}

  @E1 @browser
  Scenario: the page comes last, but its browser is there from the start
    Given Ada is live in the browser with Grace as a guest
    Then Ada is live with exactly one open session
"""
ROUNDS = 400


@dataclass
class Underway:
    """A run with some scenarios behind it, and everything it has started."""

    process: subprocess.Popen[str]
    started: list[psutil.Process]
    reports: Path

    def still_running(self) -> list[psutil.Process]:
        """What has not ended; what only waits to be taken note of has."""
        return [one for one in self.started if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]

    def all_gone(self) -> bool:
        with suppress(psutil.NoSuchProcess):
            return not self.still_running()
        return False

    def nothing_is_left(self) -> bool:
        """Wait until all of it has ended."""
        gone, _ = eventually(self.all_gone, bool, 60)
        return gone


@contextmanager
def underway(folder: Path, *options: str) -> Iterator[Underway]:
    """A run in a process group of its own, once its first scenario is over; killed at the end."""
    feature = folder / "long.feature"
    rows = "\n".join(f"      | {number} |" for number in range(ROUNDS))
    feature.write_text(FEATURE.format(rows=rows), encoding="utf-8")
    reports = folder / "reports"
    process = subprocess.Popen(
        [*GREENROOM, "run", str(feature), "--reports", str(reports), *options],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    record = reports / "latest" / "record.jsonl"

    def begun() -> bool:
        assert process.poll() is None, process.communicate()
        return record.is_file() and b'"event":"scenario"' in record.read_bytes()

    started: list[psutil.Process] = []
    try:
        assert eventually(begun, bool, LONGEST)[0]
        started += psutil.Process(process.pid).children(recursive=True)
        yield Underway(process, started, reports)
    finally:
        for one in started:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        process.kill()
        process.communicate()


def names(run: Underway) -> str:
    return " ".join(" ".join(one.cmdline()) for one in run.started)


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["one process", "two workers"])
def test_ctrl_c_ends_everything_and_is_no_verdict(tmp_path: Path, workers: tuple[str, ...]) -> None:
    with underway(tmp_path, *workers) as run:
        assert all(part in names(run) for part in ("reference up", "postgres", "--headless")), names(run)
        os.killpg(run.process.pid, signal.SIGINT)
        out, err = run.process.communicate(timeout=LONGEST)
        assert run.process.returncode == 3
        assert "interrupted" in out + err and "Traceback" not in out + err, f"{out[-2_000:]}\n{err}"
        assert run.nothing_is_left(), names(run)
    found, record = verdict_of(run.reports), read_record(run.reports / "latest" / "record.jsonl")
    assert (found["verdict"], found["exit"]) == ("error", 3)
    assert record.footer and not record.footer.complete
    assert record.footer.reason.splitlines()[0] == "interrupted", record.footer.reason
    assert 1 <= len(record.scenarios) < ROUNDS


def test_a_killed_run_takes_its_target_along_and_the_next_one_works(tmp_path: Path) -> None:
    with underway(tmp_path) as run:
        run.process.kill()
        run.process.wait(LONGEST)
        assert run.nothing_is_left(), names(run)
    record = read_record(run.reports / "latest" / "record.jsonl")
    assert record.truncated and record.footer is None
    ledgers = [
        path for path, _ in left_behind(ROOT / ".greenroom" / "ledger", "reference") if record.header.run in path.name
    ]
    assert len(ledgers) == 1, "what it intended to make is known"
    ledgers[0].unlink()
    ran = greenroom("run", "features/end_persistence.feature:16", "--reports", str(tmp_path / "next"))
    assert ran.code == 0, ran

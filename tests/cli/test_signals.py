"""Signals at any time: what was made is put away, what is known is reported, exit 3, and no traceback."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from greenroom.core.deadlines import eventually
from greenroom.record.reader import read_record
from tests.support.command_line import LONGEST, Ran, verdict_of
from tests.support.life import watched

pytestmark = [pytest.mark.integration, pytest.mark.long]

FEATURE = "features/end_persistence.feature"


def interrupted(ran: Ran, words: str) -> None:
    assert ran.code == 3, ran
    assert words in ran.said and "Traceback" not in ran.said and "Exception ignored" not in ran.err, ran


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (signal.SIGTERM, "interrupted by SIGTERM"),
        (signal.SIGHUP, "interrupted by SIGHUP"),
    ],
    ids=str,
)
def test_what_others_end_reports_what_there_is(tmp_path: Path, sent: signal.Signals, words: str) -> None:
    with watched(tmp_path, FEATURE) as run:
        run.await_scenarios(1)
        run.send(sent)
        interrupted(run.ended(), words)
        assert run.left() == []
    found, record = verdict_of(tmp_path), read_record(tmp_path / "latest" / "record.jsonl")
    assert (found["verdict"], found["exit"], found["reason"]) == ("error", 3, words)
    assert record.footer is not None and record.footer.reason == words and not record.footer.complete
    report = (tmp_path / "latest" / "report.html").read_text(encoding="utf-8")
    assert "did not finish" in report and not re.search(r"All \d+ scenarios passed", report)


ONE = """\
Feature: One

  @E1
  Scenario: it ends
    Given Ada is live with Grace as a guest
    When Ada ends the room through the gateway
    Then Ada's room is at rest
"""
PUTS_AWAY_BADLY = """
import contextlib, os, signal
from greenroom.core.errors import NotApplicable


@contextlib.contextmanager
def interference():
    yield
    raise {fault}


def test_that_is_interrupted(world):
    world.people.host("Ada")
    world.until_end(interference())
    os.kill(os.getpid(), signal.SIGTERM)
"""


@pytest.mark.parametrize("fault", ["NotApplicable('row-lock', 'nobody waited')", "ValueError('bad')"])
def test_what_goes_wrong_while_it_is_put_away_changes_nothing(tmp_path: Path, fault: str) -> None:
    feature, test = tmp_path / "one.feature", tmp_path / "test_mine.py"
    feature.write_text(ONE, encoding="utf-8")
    test.write_text(PUTS_AWAY_BADLY.format(fault=fault), encoding="utf-8")
    reports = tmp_path / "reports"
    with watched(reports, str(feature), str(test)) as run:
        interrupted(run.ended(), "interrupted by SIGTERM")
        assert run.left() == []
    found, record = verdict_of(reports), read_record(reports / "latest" / "record.jsonl")
    assert (found["verdict"], found["exit"], found["reason"]) == ("error", 3, "interrupted by SIGTERM")
    assert record.footer is not None and record.footer.reason == "interrupted by SIGTERM"


def test_a_cancelled_job_takes_its_workers_along(tmp_path: Path) -> None:
    with watched(tmp_path, FEATURE, "-n", "2") as run:
        run.await_scenarios(1)
        run.send(signal.SIGTERM)
        interrupted(run.ended(), "interrupted by SIGTERM")
        assert run.left() == []
    assert verdict_of(tmp_path)["exit"] == 3


def test_who_presses_ctrl_c_again_and_again_changes_nothing(tmp_path: Path) -> None:
    with watched(tmp_path, FEATURE) as run:
        run.await_scenarios(1)

        def press() -> bool:
            if run.process.poll() is None:
                run.send(signal.SIGINT, to_group=True)
            return run.process.poll() is not None

        eventually(press, bool, LONGEST)
        interrupted(run.ended(), "interrupted")
        assert run.left() == []
    assert verdict_of(tmp_path)["reason"] == "interrupted"


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["one process", "two workers"])
@pytest.mark.parametrize("moment", [1, 6])
def test_an_early_one(tmp_path: Path, moment: int, workers: tuple[str, ...]) -> None:
    """Before there is a record: as soon as it has started so many processes, or at once."""
    with watched(tmp_path, FEATURE, *workers) as run:
        eventually(lambda: run.look() or len(run.started) >= moment, bool, LONGEST)
        run.send(signal.SIGINT, to_group=True)
        interrupted(run.ended(), "interrupted")
        assert run.left() == []

"""Watching a run: --headed, --slow-mo, --pause, and what a trace is grouped by."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from greenroom.record.reader import read_record
from tests.planted.copies import TARGET
from tests.support.broken_reference import broken_reference
from tests.support.command_line import GREENROOM, greenroom
from tests.support.plain_environment import environment

ON_PAGE = ["-k", "the host ends the room from the page", "-t", "E1 and seed"]
PATIENCE = 60.0
"""Seconds that a run may take to come to its pause, and to its end."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reference whose end leaves the pointer to the session behind."""
    return broken_reference(tmp_path_factory.mktemp("watching") / "copy", "end_leaves_pointer")


def target_of(copy: Path, reports: Path) -> list[str]:
    return ["--target", str(copy / TARGET), "--reports", str(reports)]


def test_pause_without_a_terminal_or_with_workers_is_misuse() -> None:
    ran = greenroom("run", "--pause")
    assert ran.code == 3 and ran.complaint[0] == "--pause needs a terminal"
    ran = greenroom("run", "--pause", "-n", "2")
    assert ran.code == 3 and ran.complaint[0] == "--pause and -n contradict each other"


@pytest.mark.integration
def test_headed_with_a_browser_that_has_no_window_says_how_to_get_one(tmp_path: Path) -> None:
    shell = tmp_path / "chromium-headless-shell"
    shell.write_text("#!/bin/sh\n", encoding="utf-8")
    shell.chmod(0o755)
    variables = {"GREENROOM_BROWSER": str(shell), "DISPLAY": ":0"}
    ran = greenroom("run", *ON_PAGE, "--headed", "--reports", str(tmp_path / "reports"), variables=variables)
    assert ran.code == 3 and "has no window to show, as --headed asks" in ran.said
    assert "apt-get install -y chromium" in ran.said


@pytest.mark.integration
def test_slow_mo_slows_pages_down_and_changes_no_verdict(tmp_path: Path) -> None:
    ran = greenroom("run", *ON_PAGE, "--slow-mo", "700", "--reports", str(tmp_path / "reports"))
    assert ran.code == 0, ran.said
    [scenario] = read_record(tmp_path / "reports" / "latest" / "record.jsonl").scenarios
    assert scenario.steps[1].seconds > 0.7, "a click takes a tenth of it else"


def groups(trace: Path) -> list[str]:
    """The titles of the groups of a trace, in the order in which they begin."""
    found = []
    with zipfile.ZipFile(trace) as archive:
        for name in archive.namelist():
            if name.endswith(".trace"):
                events = [json.loads(line) for line in archive.read(name).decode().splitlines() if line.strip()]
                found += [one.get("title", "") for one in events if one.get("method") == "tracingGroup"]
    return found


@pytest.mark.integration
def test_a_trace_has_a_group_for_each_step_the_first_included(copy: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    variables = {"GREENROOM_REFERENCE": str(copy)}
    ran = greenroom("run", *ON_PAGE, "--trace", *target_of(copy, reports), variables=variables)
    assert ran.code == 1, ran.said
    [trace] = (reports / "latest" / "attachments").glob("*ada*.zip")
    assert groups(trace) == [
        "Given Ada is live in the browser with Grace as a guest",
        "When Ada ends the room in the browser",
        "Then Ada's room is at rest",
    ]
    archive = json.loads(next((reports / "latest" / "har").iterdir()).read_text(encoding="utf-8"))
    assert archive["log"]["pages"][0]["title"].startswith("Given Ada is live in the browser")


class Terminal:
    """A run on a terminal of its own: what it shows, and keys for it."""

    def __init__(self, *arguments: str, variables: dict[str, str]) -> None:
        self._own, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [*GREENROOM, *arguments],
            cwd=ROOT, env=environment(variables) | {"TERM": "dumb"}, stdin=theirs, stdout=theirs, stderr=theirs,
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.shown = ""

    def until(self, text: str) -> None:
        """Read until the text is shown. Raises AssertionError when it is not in time."""
        ends = time.monotonic() + PATIENCE
        while text not in self.shown:
            assert time.monotonic() < ends, self.shown
            if select.select([self._own], [], [], 0.2)[0]:
                self.shown += os.read(self._own, 65536).decode("utf-8", "replace").replace("\r\n", "\n")

    def press_enter(self) -> None:
        os.write(self._own, b"\n")

    def ended(self) -> int:
        """The exit code, once all is read."""
        self.until("report.html")
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._own)


@pytest.fixture
def paused(copy: Path, tmp_path: Path) -> Iterator[Terminal]:
    """A run that fails on a page, with --pause."""
    arguments = ["run", *ON_PAGE, "--pause", *target_of(copy, tmp_path / "reports")]
    terminal = Terminal(*arguments, variables={"GREENROOM_REFERENCE": str(copy)})
    yield terminal
    terminal.close()


@pytest.mark.integration
def test_pause_stops_at_the_failing_step_with_its_rows_until_enter(paused: Terminal) -> None:
    paused.until("Enter goes on")
    assert "paused  features/end_persistence.feature:" in paused.shown
    assert "failed in  Then Ada's room is at rest" in paused.shown
    assert "Ada is at http://127.0.0.1:" in paused.shown and "(headless: --headed shows it)" in paused.shown
    assert "  rooms\n" in paused.shown and "session_id" in paused.shown
    assert paused.process.poll() is None and "report.html" not in paused.shown
    paused.press_enter()
    assert paused.ended() == 1
    assert "cause 1 of 1" in paused.shown

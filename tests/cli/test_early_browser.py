"""The browser that `greenroom run` starts while it imports the rest: when, and that it always ends."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from greenroom.cli.early_browser import browser_needed
from greenroom.core.deadlines import eventually
from greenroom.core.project import ROOT
from greenroom.drivers.browser_finder import CANDIDATES
from greenroom.gherkin.selection import Selection
from greenroom.targetfile.load import read_target
from tests.support.command_line import GREENROOM, LONGEST, greenroom
from tests.support.plain_environment import environment

FEATURE = """\
@E
Feature: f

  @E1
  Scenario: over HTTP
    Given Ada has a room
    Then Ada's room is at rest

  @E2 @browser
  Scenario: on the page
    Given Ada is live in the browser with Grace as a guest
    Then Ada is live with exactly one open session
"""


@pytest.fixture
def feature(tmp_path: Path) -> Path:
    path = tmp_path / "f.feature"
    path.write_text(FEATURE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("tags", "named", "lines", "needed"),
    [
        ("", "", [], True),
        ("E1", "", [], False),
        ("not browser", "", [], False),
        ("E2", "", [], True),
        ("", "page", [], True),
        ("", "HTTP", [], False),
        ("", "", [5], False),
        ("", "", [10], True),
        ("unheard", "", [], False),
    ],
)
def test_needed_when_a_scenario_on_the_page_is_selected(
    feature: Path, tags: str, named: str, lines: list[int], needed: bool
) -> None:
    selection = Selection(tags, named, [f"{feature}:{line}" for line in lines])
    target = read_target("reference", ROOT).resolve()
    assert browser_needed(target, selection, [feature]) is needed
    assert browser_needed(target, selection, [feature.parent]) is needed
    assert not browser_needed(target.model_copy(update={"web": None}), selection, [feature])


def test_not_needed_for_files_that_will_be_refused(feature: Path) -> None:
    other = feature.with_name("other.feature")
    other.write_text("Featur: f\n", encoding="utf-8")
    target = read_target("reference", ROOT).resolve()
    assert not browser_needed(target, Selection("", "", []), [feature, other])


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """Where the browser of `browser` notes its process."""
    return tmp_path / "noted"


def browser(noted: Path, then: str) -> dict[str, str]:
    """A browser that notes its process, and then does what is said."""
    script = noted.with_name("browser")
    script.write_text(f'#!/bin/sh\necho $$ >> "{noted}"\n{then}\n', encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return {"GREENROOM_BROWSER": str(script)}


def ended(noted: Path) -> bool:
    """Whether the browsers, of which there was one at least, are gone; what only waits to be taken note of is."""
    pids = [int(pid) for pid in noted.read_text().split()]
    assert pids
    return eventually(lambda: not any(map(running, pids)), bool, 30)[0]


def running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A command line that becomes the browser of this machine."""
    path = os.environ.get("GREENROOM_BROWSER") or next(filter(None, map(shutil.which, CANDIDATES)))
    yield f'exec {path} "$@"'


@pytest.mark.integration
def test_a_run_starts_one_browser_and_ends_it(feature: Path, noted: Path, real: str) -> None:
    variables = browser(noted, real)
    ran = greenroom("run", str(feature), "--reports", str(feature.parent / "out"), variables=variables)
    assert ran.code == 0, ran
    assert len(noted.read_text().split()) == 1 and ended(noted)


@pytest.mark.integration
def test_a_run_that_is_refused_ends_it(feature: Path, noted: Path, real: str) -> None:
    feature.write_text(FEATURE.replace("Given Ada has a room", "Given Ada has a roum"), encoding="utf-8")
    variables = browser(noted, real)
    ran = greenroom("run", str(feature), "--reports", str(feature.parent / "out"), variables=variables)
    assert ran.code == 3 and f"{feature}:6: unknown step" in ran.said
    assert ended(noted)


@pytest.mark.parametrize("options", [("-t", "E1"), ("--plan",)], ids=["over HTTP", "plan"])
@pytest.mark.integration
def test_none_is_started_where_none_is_needed(feature: Path, noted: Path, options: tuple[str, ...]) -> None:
    variables = browser(noted, "exit 1")
    ran = greenroom("run", str(feature), *options, "--reports", str(feature.parent / "out"), variables=variables)
    assert ran.code == 0, ran
    assert not noted.exists()


@pytest.mark.integration
def test_one_that_does_not_start_is_told_once(feature: Path, noted: Path) -> None:
    variables = browser(noted, "echo broken >&2; exit 1")
    ran = greenroom("run", str(feature), "--reports", str(feature.parent / "out"), variables=variables)
    assert ran.code == 3 and ran.said.count("does not start") == 1, ran
    assert ended(noted)


@pytest.mark.integration
def test_ctrl_c_while_it_starts_ends_everything(feature: Path, noted: Path) -> None:
    process = subprocess.Popen(
        [*GREENROOM, "run", str(feature), "--reports", str(feature.parent / "out")],
        cwd=ROOT, env=environment(browser(noted, "exec tail -f /dev/null")), text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        assert eventually(lambda: noted.exists() and noted.read_text().strip(), bool, LONGEST)[0]
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=LONGEST)
    finally:
        process.kill()
    assert process.returncode == 3 and (out, err) == ("", "interrupted\n")
    assert ended(noted)

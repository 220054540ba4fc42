"""Whatever standard output is: nothing that can't be written ends a command with a traceback, or with a verdict."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from tests.support.command_line import GREENROOM, LONGEST, Ran
from tests.support.plain_environment import environment

FEATURE = (
    "Feature: f — “quoted”\n  @E1\n  Scenario: s ✓ домой\n    Given Ada has a room\n    Then Ada's room is at rest\n"
)
BOTH = [
    pytest.param(["steps"], id="steps"),
    pytest.param(["run", "FEATURE", "-v", "--reports", "REPORTS"], id="run", marks=pytest.mark.integration),
]


def call(tmp_path: Path, arguments: list[str], shell: str = "", **variables: str) -> Ran:
    """The command in a shell, so that it may be redirected; "" redirects nothing."""
    feature = tmp_path / "f.feature"
    feature.write_text(FEATURE, encoding="utf-8")
    given = {"FEATURE": str(feature), "REPORTS": str(tmp_path / "reports")}
    command = " ".join([*GREENROOM, *(given.get(one, one) for one in arguments)])
    done = subprocess.run(
        ["bash", "-c", f"{command} {shell}"], cwd=ROOT, env=environment(variables), stdin=subprocess.DEVNULL,
        capture_output=True, timeout=LONGEST, check=False,
    )  # fmt: skip
    ran = Ran(done.returncode, done.stdout.decode("latin-1"), done.stderr.decode("latin-1"))
    assert "Traceback" not in ran.said and "Exception ignored" not in ran.said, ran
    return ran


@pytest.mark.parametrize("arguments", BOTH)
def test_a_full_disk(tmp_path: Path, arguments: list[str]) -> None:
    ran = call(tmp_path, arguments, "> /dev/full")
    assert ran.err == "standard output can't be written: No space left on device\n"
    assert ran.code == (0 if arguments[0] == "run" else 3), "a run has its reports; else what was to be said is lost"


@pytest.mark.parametrize("arguments", BOTH)
@pytest.mark.parametrize(
    "shell", [">&-", "| head -1; exit ${PIPESTATUS[0]}"], ids=["closed", "a reader that goes away"]
)
def test_nobody_who_reads(tmp_path: Path, arguments: list[str], shell: str) -> None:
    ran = call(tmp_path, arguments, shell)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("arguments", BOTH)
@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_an_encoding_that_lacks_letters(tmp_path: Path, arguments: list[str], encoding: str) -> None:
    ran = call(tmp_path, arguments, PYTHONIOENCODING=encoding)
    assert (ran.code, ran.err) == (0, "")
    if arguments[0] == "run":
        assert "\\u0434\\u043e\\u043c\\u043e\\u0439" in ran.out and 'f - "quoted"' in ran.out


@pytest.mark.parametrize("command", ["run", "doctor", "steps", "lint"])
def test_a_working_folder_that_is_gone(tmp_path: Path, command: str) -> None:
    gone = tmp_path / "gone"
    program = f"import sys; sys.argv = ['greenroom', {command!r}]; from greenroom.cli.main import main; main()"
    script = f'mkdir {gone} && cd {gone} && rmdir {gone} && exec {sys.executable} -c "{program}"'
    done = subprocess.run(
        ["bash", "-c", script], env=environment({"PYTHONPATH": str(ROOT)}), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=LONGEST, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr == "the working folder is not there any more\n  hint: change to one that is\n"


@pytest.mark.integration
def test_a_working_folder_that_goes_away_meanwhile(tmp_path: Path) -> None:
    gone, reports = tmp_path / "gone", tmp_path / "reports"
    gone.mkdir()
    (gone / "f.feature").write_text(FEATURE, encoding="utf-8")
    conftest = (
        "import shutil\n\ndef pytest_runtest_setup(item):\n    shutil.rmtree(item.config.invocation_params.dir)\n"
    )
    (gone / "conftest.py").write_text(conftest, encoding="utf-8")
    done = subprocess.run(
        [*GREENROOM, "run", "f.feature", "--reports", str(reports)], cwd=gone, stdin=subprocess.DEVNULL,
        env=environment({"PYTHONPATH": str(ROOT)}), capture_output=True, text=True, timeout=LONGEST, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done
    assert (reports / "latest" / "verdict.json").is_file() and not gone.exists()

"""The command itself, as a person meets it: what it says when it is misused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.core.project import PRIVATE, ROOT
from tests.support.command_line import GREENROOM, LONGEST, Ran, greenroom, new_process, verdict_of
from tests.support.plain_environment import environment


def test_version() -> None:
    assert new_process("greenroom.cli.main", "--version") == Ran(0, "greenroom 0.1.0\n", "")


def test_help() -> None:
    ran = new_process("greenroom.cli.main", "run", "-h")
    assert (ran.code, ran.err) == (0, "") and "Usage:" in ran.out


@pytest.mark.parametrize(
    ("arguments", "complaint", "hint"),
    [
        (["rnu"], "No such command 'rnu'. Did you mean 'run'?", "--help"),
        (
            ["run", "--wrkers", "2"],
            "No such option: --wrkers (Possible options: --reports, --retries, --workers)",
            "run --help",
        ),
        (["run", "--seed", "abc"], "Invalid value for '--seed'", "run --help"),
        (["run", "--order", "backwards"], "--order 'backwards' is neither file nor random", ""),
        (["run", "-n", "two"], "-n 'two' is no number of processes", "-n auto"),
        (["run", "-q", "-v"], "-q and -v contradict each other", "leave one of them out"),
        (["run", "--patience", "-1"], "Invalid value for '--patience'", "run --help"),
        (["run", "-t", "E1 and"], "bad tag expression 'E1 and'", "for example"),
        (["run", "README.md"], "README.md is no feature file", "its name ends in .feature"),
        (["run", "--target", "./refrence"], "unknown target './refrence'", "there is no refrence/target.toml"),
        (["init", "Bad Name"], "'Bad Name' is no name for a target", "lower-case letters"),
        (["init", "new", "--in", "README.md"], "README.md/new can't be made", "is README.md a folder"),
        (["init", "new", "--openapi", "none.yaml"], "no file none.yaml", "as JSON or YAML"),
        (["steps", "unheard", "of"], "no step holds 'unheard of'", "subjects: "),
        (["lint", "none.feature"], "no feature file none.feature", "a path to a .feature file or a folder"),
        (["doctor", "--only", "weekdays"], "--only 'weekdays' is no subject", "one of: file"),
        (["run", "none.feature"], "no feature file none.feature", "a path to a .feature file or a folder"),
        (["run", "--target", "refrence"], "unknown target 'refrence'", "did you mean 'reference'?"),
        (["audit"], "reference is launched for each run: there is nothing to audit", "name a target that is up"),
    ],
)
def test_misuse_is_said_in_a_line_or_two(arguments: list[str], complaint: str, hint: str) -> None:
    ran = greenroom(*arguments)
    assert ran.code == 3
    assert ran.complaint[0].startswith(complaint)
    assert not hint or (ran.complaint[1].startswith("  hint: ") and hint in ran.complaint[1])


def test_a_target_without_its_variable_names_it_and_where_it_is_needed() -> None:
    ran = greenroom("run", "--target", "vitana-staging", variables={"VITANA_GATEWAY_URL": ""})
    assert ran.code == 3
    assert "target.toml:" in ran.complaint[0] and "needs the variable VITANA_GATEWAY_URL" in ran.complaint[0]
    assert "export VITANA_GATEWAY_URL=..." in ran.complaint[1]


def test_a_folder_that_is_named_like_a_target_is_told_from_one(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "target.toml").write_text('name = "mine"', encoding="utf-8")
    ran = greenroom("run", "--target", "mine", cwd=tmp_path)
    assert ran.code == 3 and "./mine" in ran.complaint[1]


@pytest.mark.parametrize("command", ["audit", "sweep", "run", "doctor"])
def test_every_command_takes_its_target_from_the_environment(command: str) -> None:
    ran = greenroom(command, variables={"GREENROOM_TARGET": "nobody-knows"})
    assert ran.code == 3 and ran.complaint[0] == "unknown target 'nobody-knows'"


def test_a_fault_of_our_own_is_no_verdict(tmp_path: Path) -> None:
    """Python itself would exit with 1, which reads as "not conformant"."""
    program = (
        "import sys; from greenroom.cli import main, lint\n"
        "def broken(features): raise ZeroDivisionError('by zero')\n"
        "lint.feature_files_in = broken; sys.argv = ['greenroom', 'lint']; main.main()"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "a fault of Greenroom itself: ZeroDivisionError: by zero",
        f"  hint: its traceback is in {PRIVATE / 'fault.txt'}",
    ]
    assert "ZeroDivisionError: by zero" in (PRIVATE / "fault.txt").read_text(encoding="utf-8")
    environ = environment({"GREENROOM_DEBUG": "1"})
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 3 and "Traceback" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["steps"], id="steps"),
        pytest.param(["run", "-v", "-k", "SCENARIO"], id="run", marks=pytest.mark.integration),
    ],
)
def test_a_reader_that_goes_away_changes_no_exit_code(tmp_path: Path, arguments: list[str]) -> None:
    """As with `| head -1`."""
    named = [one.replace("SCENARIO", "the host ends the room through the gateway") for one in arguments]
    named += ["--reports", str(tmp_path)] if named[0] == "run" else []
    process = subprocess.Popen(
        [*GREENROOM, *named],
        cwd=ROOT, env=environment(),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None and process.stderr is not None
    if named[0] == "run":
        assert process.stdout.readline().startswith("greenroom ")
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert (process.wait(LONGEST), complaint) == (0, "")
    if named[0] == "run":
        assert verdict_of(tmp_path)["verdict"] == "conformant"


def test_without_colours_there_are_none() -> None:
    """FORCE_COLOR is what a CI sets to have colours in a pipe; NO_COLOR has the last word."""
    command = [*GREENROOM, "steps", "rest"]
    said = {}
    for name, different in {
        "piped": {},
        "forced": {"FORCE_COLOR": "1"},
        "none": {"FORCE_COLOR": "1", "NO_COLOR": "1"},
    }.items():
        done = subprocess.run(command, cwd=ROOT, env=environment(different), capture_output=True, text=True, check=True)
        said[name] = done.stdout
    assert "\x1b" not in said["piped"]
    assert "\x1b[32m" in said["forced"]
    assert "\x1b[3" not in said["none"]

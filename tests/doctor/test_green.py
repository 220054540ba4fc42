"""The doctor as a person runs it: green on both implementations, and clear about what it can't even begin with."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from greenroom.core.project import ROOT

TARGETS = ("reference", "tests/lantern/target")


def start(*arguments: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VITANA_")}
    command = [sys.executable, "-m", "greenroom.cli.main", "doctor", *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


@pytest.fixture(scope="module")
def doctors() -> Iterator[dict[str, subprocess.Popen[str]]]:
    """Both at once: each waits most of its time for a browser."""
    started = {target: start("--target", target) for target in TARGETS}
    yield started
    for process in started.values():
        process.kill()
        process.communicate()


@pytest.mark.integration
@pytest.mark.long
@pytest.mark.xdist_group("doctors")
@pytest.mark.parametrize("target", TARGETS)
def test_all_is_well_with_a_correct_implementation(doctors: dict[str, subprocess.Popen[str]], target: str) -> None:
    process = doctors[target]
    said, _ = process.communicate(timeout=110)
    assert process.returncode == 0, said
    assert "all is well" in said
    assert not re.search(r" (wrong|can't tell|not reached)  ", said)
    assert "\x1b[" not in said
    for check in ("probe", "relation rooms", "go_live", "ready: listing", "recovery", "removal"):
        assert re.search(rf"^\S* +{check} +ok ", said, re.MULTILINE), check
    assert "removed, none left" in said


def test_a_variable_that_is_not_set_is_named_in_one_line() -> None:
    process = start("--target", "vitana-staging")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    (line,) = [line for line in said.splitlines() if "not set" in line]
    assert "targets/vitana-staging/target.toml:" in line
    assert "needs the variable VITANA_GATEWAY_URL, which is not set  (and 16 more)" in line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--target", "referense"), "unknown target 'referense'\n  hint: did you mean 'reference'?"),
        (("--only", "page"), "--only 'page' is no subject\n  hint: one of: file, services, "),
    ],
)
def test_misuse_is_said_in_two_lines(arguments: tuple[str, ...], said: str) -> None:
    process = start(*arguments)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    assert out.startswith(said)

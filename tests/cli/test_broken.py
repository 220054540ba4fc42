"""A broken promise: exit 1, with the promise, the rows, the page as it was, and the one command that shows it again."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenroom.core.verdict import Verdict
from greenroom.record.events import ScenarioFinished
from greenroom.record.reader import read_record
from tests.support.broken_reference import broken_reference
from tests.support.command_line import Ran, greenroom, verdict_of

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("broken")]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reference whose end leaves the pointer to the session behind."""
    return broken_reference(tmp_path_factory.mktemp("broken") / "copy", "end_leaves_pointer")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


def run(copy: Path, reports: Path, *arguments: str) -> Ran:
    target = str(copy / "targets" / "reference")
    variables = {"GREENROOM_REFERENCE": str(copy), "COLUMNS": "120"}
    return greenroom("run", *arguments, "--target", target, "--reports", str(reports), variables=variables)


@pytest.fixture(scope="module")
def ran(copy: Path, reports: Path) -> Ran:
    return run(copy, reports, "-t", "E1 and smoke")


@pytest.fixture
def scenarios(ran: Ran, reports: Path) -> Iterator[tuple[ScenarioFinished, ...]]:
    """Those of the page and of the gateway."""
    found = read_record(reports / "latest" / "record.jsonl").scenarios
    yield tuple(sorted(found, key=lambda one: "browser" not in one.tags))


def test_the_gate_is_closed(ran: Ran, reports: Path) -> None:
    assert ran.code == 1
    found = verdict_of(reports)
    assert (found["verdict"], found["exit"], found["promises"]["E1"]) == ("not conformant", 1, "failed")


def test_a_person_is_told_what_is_wrong_and_since_when(ran: Ran) -> None:
    told = [line.split(maxsplit=1) for line in ran.out.splitlines() if line.startswith("  ")]
    labels = {line[0] for line in told if line}
    assert {"where", "expected", "found", "wrong", "since", "breaks", "again"} <= labels
    assert "expected that Ada's room is at rest, found: " in ran.out
    assert ["wrong", "session"] in told
    expected, found = r"  expected  status idle   session -  .*", r"  found     status idle   session Ada's session"
    assert re.search(f"^{expected}\n{found}", ran.out, re.MULTILINE)
    assert "cause 1 of 1  rooms.session_id: not cleared" in ran.out


def test_the_rows_are_kept(scenarios: tuple[ScenarioFinished, ...]) -> None:
    for scenario in scenarios:
        assert scenario.verdict is Verdict.FAILED
        (check,) = [check for step in scenario.steps for check in step.checks if not check.held]
        rooms = next(rows for rows in check.seen if rows.relation == "rooms")
        assert dict(zip(rooms.columns, rooms.rows[0], strict=True))["session_id"] == "Ada's session"
        assert scenario.failure and (scenario.failure.promise, scenario.failure.kind) == ("E1", "promise")
        assert "After End Room the room is idle" in scenario.failure.promise_text


def test_the_failing_page_is_shown(scenarios: tuple[ScenarioFinished, ...], reports: Path) -> None:
    page, gateway = scenarios
    (picture,) = [attachment for attachment in page.attachments if attachment.media_type.startswith("image/")]
    content = (reports / "latest" / picture.path).read_bytes()
    assert content[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0", b"RIFF") and len(content) > 1000
    assert gateway.attachments == []


def test_the_command_shows_it_again(
    scenarios: tuple[ScenarioFinished, ...], copy: Path, ran: Ran, tmp_path: Path
) -> None:
    failure = scenarios[1].failure
    assert failure and f"again     {failure.again}" in ran.out
    program, command, *arguments = shlex.split(failure.again)
    assert (program, command) == ("greenroom", "run") and "--target" in arguments and "--seed" in arguments
    variables = {"GREENROOM_REFERENCE": str(copy)}
    again = greenroom("run", *arguments, "--reports", str(tmp_path), variables=variables)
    assert again.code == 1
    assert "E1 broken: expected that Ada's room is at rest" in again.out and "not conformant  1 scenario" in again.out

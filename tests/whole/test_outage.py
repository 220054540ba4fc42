"""A target that goes away in the midst of a run: the run ends soon, and says of the rest that it was not tried."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from greenroom.core.deadlines import eventually
from tests.support.command_line import LONGEST
from tests.support.running_reference import Running
from tests.support.served import Served, describe

pytestmark = [pytest.mark.integration, pytest.mark.long]


@pytest.fixture
def reference() -> Iterator[Running]:
    running = Running()
    yield running
    for one in psutil.Process(running.process.pid).children(recursive=True):
        one.send_signal(signal.SIGCONT)
    running.process.send_signal(signal.SIGCONT)
    running.stop()


def freeze(running: Running) -> None:
    """Nothing of it answers any more, and nothing refuses: the kernel goes on taking connections."""
    process = psutil.Process(running.process.pid)
    for one in [process, *process.children(recursive=True)]:
        one.send_signal(signal.SIGSTOP)


def stop(running: Running) -> None:
    """Its services refuse connections."""
    process = psutil.Process(running.process.pid)
    for one in [process, *process.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):  # a connection's process of PostgreSQL, which had just ended
            if "postgres" not in one.name():
                one.kill()


@pytest.mark.timeout(300)  # a query that is under way when everything freezes is waited for, once
@pytest.mark.parametrize(("trouble", "words"), [(freeze, "did not answer within"), (stop, "refuses connections")])
def test_what_is_left_is_not_tried(
    reference: Running, tmp_path: Path, trouble: Callable[[Running], None], words: str
) -> None:
    folder, reports = tmp_path / "target", tmp_path / "reports"
    describe(folder, "going-away")
    ready = {f"SERVED_{key.upper()}": str(value) for key, value in reference.ready.items()}
    staging = Served({}, folder, ready, "going-away")
    staging.edit("[deadlines]\n", "[deadlines]\nanswer = 2\noutage = 1\n")
    process = staging.start("-t", "(E9 or E10 or S5) and not browser", reports=reports)
    record = reports / "latest" / "record.jsonl"

    def has_begun() -> bool:
        return process.poll() is not None or (record.is_file() and b'"event":"scenario"' in record.read_bytes())

    try:
        assert eventually(has_begun, bool, LONGEST)[0]
        trouble(reference)
        said, _ = process.communicate(timeout=2 * LONGEST)
    finally:
        process.kill()
    assert "Traceback" not in said, said
    verdict = json.loads((reports / "latest" / "verdict.json").read_text(encoding="utf-8"))
    counts = {name: number for name, number in verdict["counts"].items() if number}
    assert set(counts) == {"passed", "inconclusive"}, counts
    assert process.returncode == 2, said
    not_tried = [one for one in verdict["scenarios"] if "not tried" in (one["failure"] or {}).get("message", "")]
    assert len(not_tried) == counts["inconclusive"] - 3, said
    assert words in not_tried[0]["failure"]["message"]

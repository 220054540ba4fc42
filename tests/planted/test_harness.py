"""Runs in forks of one process: each says why it left no verdict, and all can be stopped."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from greenroom.core.deadlines import eventually
from tests.planted.copies import ROOT, TARGET, copy_reference
from tests.planted.harness import Harness, HarnessFailed, Order, Stopped


def test_run_without_a_verdict_says_why(tmp_path: Path) -> None:
    with pytest.raises(HarnessFailed, match=r"^exit 3, no verdict: unknown target .*nowhere"):
        Harness().run(Order(tmp_path / "nowhere", tmp_path / "reports", "C1"))


def test_words_of_the_command_line() -> None:
    order = Order(Path("copy"), Path("reports"), "E1 or E2", named="a host", features=(Path("x.feature"),), stop=True)
    given = ["--target", f"copy/{TARGET}", "--reports", "reports", "-t", "E1 or E2", "-k", "a host", "-x"]
    assert order.arguments == ["run", "-q", "x.feature", *given]
    assert Order(Path("copy"), Path("reports"), "").arguments == ["run", "-q", *given[:4]]
    assert Order(Path("copy"), Path("reports"), "", retries=1).arguments == ["run", "-q", *given[:4], "--retries", "1"]


def test_what_a_fork_begins_with_is_imported_without_a_complaint() -> None:
    """Forks would import it themselves, and nobody would notice but by the clock."""
    code = (
        "import threading; from tests.support.preloaded import said; print(threading.active_count(), said.getvalue())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert re.match(r"1 \d+ scenarios, about ", done.stdout), done.stderr + done.stdout


@pytest.mark.integration  # how far the run gets before it is stopped is chance: it may have started the reference
def test_stop_ends_what_runs_and_refuses_more(tmp_path: Path) -> None:
    order = Order(copy_reference(tmp_path / "copy"), tmp_path / "reports", "C1")
    harness = Harness()
    with ThreadPoolExecutor() as pool:
        running = pool.submit(harness.run, order)
        eventually(lambda: (order.reports / "said.txt").exists(), bool, 30.0)
        harness.stop()
        with pytest.raises(Stopped):
            running.result(20)
    with pytest.raises(Stopped):
        harness.run(order)

"""How slow this machine is, as our own ticks tell it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from greenroom.core import ticks
from greenroom.core.project import ROOT
from greenroom.core.ticks import Ticks, Vain
from tests.support.slow_machine import slowed

PROGRAM = """
import time
from greenroom.core.ticks import ticks
print("ready", flush=True)
ticks.start()
began = time.monotonic()
while time.monotonic() - began < 3:
    time.sleep(0.01)
print(ticks.lost(began) / (time.monotonic() - began))
"""


@pytest.fixture(autouse=True)
def nothing_waited_for() -> Iterator[None]:
    ticks.forget()
    yield
    ticks.forget()


def share_lost(share: float) -> float:
    """The share of three seconds that a process has lost which is let run for that share of them."""
    process = subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    if share == 1:
        said, _ = process.communicate(timeout=60)
    else:
        with slowed(process.pid, share):
            said, _ = process.communicate(timeout=60)
    return float(said)


def test_on_a_machine_with_time_next_to_nothing_is_lost() -> None:
    assert share_lost(1) < 0.4


def test_at_a_twentieth_of_the_time_nearly_all_is_lost() -> None:
    assert share_lost(0.05) > 0.7


def test_only_what_was_lost_since_then_counts() -> None:
    own = Ticks()
    own._late.extend([(10.0, 5.0), (20.0, 4.0)])
    assert own.lost(30.0) == 0.0
    assert own.lost(18.0) == 2.0
    assert own.lost(0.0) == 9.0


@pytest.mark.parametrize(
    ("waited", "lost", "means_nothing"), [(5.0, 0.0, False), (5.0, 2.4, False), (5.0, 2.6, True), (5.0, 4.9, True)]
)
def test_a_deadline_means_something_while_half_of_it_is_left(waited: float, lost: float, means_nothing: bool) -> None:
    assert Vain(waited, lost).means_nothing is means_nothing


def test_the_numbers_are_told() -> None:
    error = Vain(8.0, 7.6).inconclusive("E1: not so")
    assert error.cause == "machine-too-slow"
    assert error.message == (
        "this machine was too slow to tell: of the 8.0 s that were waited, it ran for 0.4 s\nthen: E1: not so"
    )


def test_a_look_without_a_deadline_is_not_excused(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(ticks.ticks, "_late", [(now, 60.0)])
    ticks.in_vain(0.0)
    assert ticks.too_slow() is None
    ticks.in_vain(5.0)
    assert ticks.too_slow() is not None and ticks.waited_in_vain() == 5.0
    ticks.forget()
    assert ticks.too_slow() is None and ticks.waited_in_vain() == 0.0

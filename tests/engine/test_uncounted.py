"""What could be neither removed nor counted is told: the database went away for good while scenarios cleaned up."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fixtures.plugin.keys import UNCOUNTED
from fixtures.plugin.run import Run
from fixtures.plugin.worker_keeper import WorkerKeeper
from greenroom.core.errors import Inconclusive
from greenroom.isolation.ledger import Ledger


def keeper_of(ledger: Ledger, *, counted: dict[str, int] | None) -> WorkerKeeper:
    def census() -> dict[str, int]:
        if counted is None:
            raise Inconclusive("database", "the database broke off")
        return counted

    keeper: Any = WorkerKeeper.__new__(WorkerKeeper)
    keeper._worker = SimpleNamespace(census=census, ledger=ledger)
    return keeper  # type: ignore[no-any-return]


def run_without_anything() -> Run:
    run = Run.__new__(Run)
    run.census, run.uncounted = {}, 0
    return run


def test_scenarios_whose_rows_nobody_could_count_are_counted_themselves(tmp_path: Path) -> None:
    ledger = Ledger.begin(tmp_path, "target", "run", "")
    for mark in ("gr-1", "gr-2", "gr-3"):
        ledger.intends(mark)
    ledger.removed("gr-2")
    run = run_without_anything()
    for _ in range(2):  # two workers
        run.count(keeper_of(ledger, counted=None).census())
    assert (run.uncounted, run.census) == (4, {})


def test_rows_that_were_counted_are_told_as_rows(tmp_path: Path) -> None:
    ledger = Ledger.begin(tmp_path, "target", "run", "")
    ledger.intends("gr-1")
    run = run_without_anything()
    left = keeper_of(ledger, counted={"rooms": 2}).census()
    run.count(left)
    assert UNCOUNTED not in left and (run.uncounted, run.census) == (0, {"rooms": 2})


def test_rows_that_two_workers_found_are_counted_once() -> None:
    run = run_without_anything()
    run.count({"rooms": 2, "accounts": 5})
    run.count({"rooms": 2, "accounts": 4})
    assert run.census == {"rooms": 2, "accounts": 5}

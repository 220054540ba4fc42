"""What could be neither removed nor counted is told: the database went away for good while scenarios cleaned up."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fixtures.plugin.keys import UNCOUNTED
from fixtures.plugin.run import Run
from fixtures.plugin.worker_keeper import WorkerKeeper
from greenroom.core.errors import BadTarget, Inconclusive
from greenroom.isolation.ledger import Ledger
from greenroom.scenario.filled_anew import SeenPeople


def keeper_of(ledger: Ledger, *, counted: dict[str, int] | Exception, never: bool = False) -> WorkerKeeper:
    def census() -> dict[str, int]:
        if isinstance(counted, Exception):
            raise counted
        return counted

    keeper: Any = WorkerKeeper.__new__(WorkerKeeper)
    seen = SeenPeople()
    seen.see(0 if never else 1)
    keeper._worker = SimpleNamespace(census=census, ledger=ledger, seen_people=seen)
    return keeper  # type: ignore[no-any-return]


def run_without_anything(*, launched: bool = False) -> Run:
    run: Any = Run.__new__(Run)
    run.census, run.uncounted, run._counted = {}, 0, 0.0
    run.target = SimpleNamespace(launch=object() if launched else None)
    return run  # type: ignore[no-any-return]


def test_scenarios_whose_rows_nobody_could_count_are_counted_themselves(tmp_path: Path) -> None:
    ledger = Ledger.begin(tmp_path, "target", "run", "")
    for mark in ("gr-1", "gr-2", "gr-3"):
        ledger.intends(mark)
    ledger.removed("gr-2")
    run = run_without_anything()
    for fault in (Inconclusive("database", "it broke off"), BadTarget("relations.sql: a column is another one")):
        run.count(keeper_of(ledger, counted=fault).census(), 1.0)
    assert (run.uncounted, run.census) == (4, {})


def test_what_a_database_without_any_of_it_can_not_count_is_told(tmp_path: Path) -> None:
    ledger = Ledger.begin(tmp_path, "target", "run", "")
    ledger.intends("gr-1")
    assert keeper_of(ledger, counted={"rooms": 0}, never=True).census() == {UNCOUNTED: 1}
    assert keeper_of(ledger, counted={"rooms": 0}).census() == {"rooms": 0}
    assert keeper_of(ledger, counted={}, never=True).census() == {}


def test_rows_that_were_counted_are_told_as_rows(tmp_path: Path) -> None:
    ledger = Ledger.begin(tmp_path, "target", "run", "")
    ledger.intends("gr-1")
    run = run_without_anything()
    left = keeper_of(ledger, counted={"rooms": 2}).census()
    run.count(left, 1.0)
    assert UNCOUNTED not in left and (run.uncounted, run.census) == (0, {"rooms": 2})


def test_what_another_worker_was_not_done_with_is_not_left() -> None:
    for order in (1, -1):
        run = run_without_anything()
        for left, when in [({"rooms": 1, "accounts": 2}, 1.0), ({"rooms": 0, "accounts": 0}, 2.0)][::order]:
            run.count(left, when)
        assert run.census == {"rooms": 0, "accounts": 0}


def test_what_the_last_worker_found_is_left_though_another_could_not_see_it_yet() -> None:
    run = run_without_anything()
    run.count({"rooms": 0}, 1.0)
    run.count({"rooms": 2}, 2.0)
    run.count({UNCOUNTED: 1}, 3.0)
    assert (run.census, run.uncounted) == ({"rooms": 2}, 1)


def test_workers_that_have_a_target_each_hide_nothing_of_one_another() -> None:
    run = run_without_anything(launched=True)
    run.count({"rooms": 2, "accounts": 5}, 1.0)
    run.count({"rooms": 0, "accounts": 0}, 2.0)
    assert run.census == {"rooms": 2, "accounts": 5}

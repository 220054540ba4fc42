"""What is run on a planted bug: the scenario that caught it before, and all of its promise where that is green."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.planted.bug import Bug
from tests.planted.coverage import Coverage
from tests.planted.finding import Result
from tests.planted.harness import HarnessFailed, Order
from tests.planted.search import Scope, Search

BUG = Bug("forgets", Path("forgets.patch"), ("E3", "E7"), "", "a story", "so it was")
ONE, TWO = Path("one.feature"), Path("two.feature")
COVERAGE = Coverage({"E3": {ONE: frozenset({"a"}), TWO: frozenset({"b"})}, "E7": {TWO: frozenset({"c"})}})
COPY, REPORTS = Path("copy"), Path("reports")


class Target:
    """Runs orders as a target would on which these scenarios have these verdicts; all others pass."""

    def __init__(self, **verdicts: str) -> None:
        self._verdicts = verdicts
        self.orders: list[Order] = []

    def run(self, order: Order) -> Mapping[str, Any]:
        self.orders.append(order)
        chosen = {
            name: promise
            for promise, files in COVERAGE.scenarios.items()
            for names in files.values()
            for name in sorted(names)
            if promise in order.tags.split(" or ") and order.named in name
        }
        seen = []
        for name, promise in chosen.items():
            verdict = self._verdicts.get(name, "passed")
            seen.append({"name": name, "promises": [promise], "verdict": verdict, "seconds": 1.0})
            if order.stop and verdict != "passed":
                break
        good = all(one["verdict"] == "passed" for one in seen)
        return {"verdict": "conformant" if good else "not conformant", "reason": "", "scenarios": seen}

    @property
    def runs(self) -> list[str]:
        return [order.reports.name for order in self.orders]


def search(known: str, scope: Scope = Scope.ENOUGH) -> Search:
    return Search(COVERAGE, scope, {"forgets": known})


def test_known_scenario_alone_is_run_when_it_is_red() -> None:
    target = Target(b="failed")
    found = search("b").finding(BUG, COPY, REPORTS, target.run)
    assert (found.result, found.caught_by) == (Result.CAUGHT, ("b",))
    assert target.orders == [Order(COPY, REPORTS / "known", "E3", named="b", features=(TWO,), stop=True)]


@pytest.mark.parametrize("verdict", ["passed", "error", "inconclusive", "flaky"])
def test_all_scenarios_of_the_promise_are_run_when_the_known_one_is_not_red(verdict: str) -> None:
    target = Target(a="failed", b=verdict)
    found = search("b").finding(BUG, COPY, REPORTS, target.run)
    assert (found.result, found.caught_by) == (Result.CAUGHT, ("a",))
    assert target.orders[1] == Order(COPY, REPORTS / "first", "E3", features=(ONE, TWO), stop=True)
    assert target.runs == ["known", "first"]


@pytest.mark.parametrize("known", ["", "gone", "c"])
def test_known_scenario_that_does_not_check_the_promise_is_not_run(known: str) -> None:
    target = Target(b="failed")
    assert search(known).finding(BUG, COPY, REPORTS, target.run).caught_by == ("b",)
    assert target.runs == ["first"]


def test_bug_that_nothing_finds_is_missed() -> None:
    target = Target()
    assert search("b").finding(BUG, COPY, REPORTS, target.run).result is Result.MISSED
    assert target.runs == ["known", "first"]


def test_scenarios_after_one_that_could_not_tell_are_run() -> None:
    target = Target(a="error", b="failed")
    found = search("").finding(BUG, COPY, REPORTS, target.run)
    assert (found.result, found.caught_by, found.unclear) == (Result.CAUGHT, ("b",), ("a: error",))
    assert target.runs == ["first", "all"]
    assert target.orders[1] == Order(COPY, REPORTS / "all", "E3 or E7", features=(ONE, TWO))


@pytest.mark.parametrize(
    ("scope", "changed", "tags"),
    [
        (Scope.PROMISES, ["web/static/js/viewer.js"], "E3 or E7"),
        (Scope.WHOLE, ["web/static/js/viewer.js", "web/static/css/viewer.css"], "browser"),
        (Scope.WHOLE, ["web/static/js/viewer.js", "front.py"], ""),
    ],
)
def test_more_than_enough_is_run_at_once_and_to_the_end(
    scope: Scope, changed: list[str], tags: str, tmp_path: Path
) -> None:
    patch = tmp_path / "forgets.patch"
    patch.write_text("".join(f"diff --git a/reference/{one} b/reference/{one}\n" for one in changed))
    target = Target(b="failed")
    search("b", scope).finding(replace(BUG, patch=patch), COPY, REPORTS, target.run)
    assert [(order.tags, order.stop, order.named) for order in target.orders] == [(tags, False, "")]


def test_promise_without_scenarios_is_said() -> None:
    bug = Bug("new", Path("new.patch"), ("X1",), "", "a story", "so it was")
    assert search("").finding(bug, COPY, REPORTS, Target().run).result is Result.NO_SCENARIO
    assert not search("").covers(["X1"]) and search("").covers(["X1", "E3"])
    assert search("", Scope.WHOLE).covers(["X1"])


def test_failure_of_the_harness_is_no_finding() -> None:
    def run(order: Order) -> Mapping[str, Any]:
        raise HarnessFailed("no verdict")

    with pytest.raises(HarnessFailed):
        search("b").finding(BUG, COPY, REPORTS, run)

"""Which mutants are due on a day, and what is kept of those that were killed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from tests.mutants.mutant import Kind
from tests.mutants.results import KILLED, Outcome, Result, read_killed, write_killed
from tests.mutants.sampling import population
from tests.mutants.suite import read_suite
from tests.mutants.today import A_DAY, due

DAY = dt.date(2026, 2, 15)
ONE = Outcome("one", "sql", "f.sql", 1, "f", "chosen", "a", "b", Result.KILLED, by="a scenario")


def test_each_is_due_once_in_as_many_days_as_it_takes() -> None:
    keys = [f"key-{number}" for number in range(3 * A_DAY + 1)]
    days = [due(keys, DAY + dt.timedelta(days=day)) for day in range(4)]
    assert sorted(key for day in days for key in day) == sorted(keys)
    assert all(0 < len(day) <= A_DAY for day in days)
    assert due(["one"], DAY) == ["one"] and due([], DAY) == []


def test_what_others_have_killed_stays_known(tmp_path: Path) -> None:
    file, keys, ids = tmp_path / "killed.json", ("one", "two", "three"), ("a scenario", "another")

    def known(*outcomes: Outcome) -> dict[str, str]:
        write_killed(outcomes, file, keys, ids)
        return read_killed(file)

    assert known(ONE, replace(ONE, key="two", result=Result.SURVIVED)) == {"one": "a scenario"}
    three = replace(ONE, key="three", by="another")
    assert known(three, replace(ONE, key="gone")) == {"one": "a scenario", "three": "another"}
    assert known(replace(ONE, result=Result.SURVIVED), replace(three, by="gone")) == {}


def test_those_that_are_kept_are_mutants_and_scenarios_of_today() -> None:
    known = read_killed(KILLED)
    keys, ids = {one.key for one in population(list(Kind))}, {one.id for one in read_suite({})}
    mend = "python -m tests.mutants --sample 0 --page docs/mutants.md"
    assert len(known) >= A_DAY
    assert set(known) <= keys and set(known.values()) <= ids, mend

"""`python -m tests.mutants.today`: mutants that a scenario has killed, some each day, have to be killed by it again.

Red is a mutant that survives three times: what comes of a race is seen most times. What could not be told, as on a
machine that is too slow, is said and is not red.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import typer
from rich.console import Console

from tests.mutants.mutant import Kind, Mutant
from tests.mutants.results import KILLED, Outcome, Result, read_killed
from tests.mutants.sampling import population
from tests.mutants.suite import Scenario, read_suite
from tests.mutants.trial import Trial
from tests.planted.copies import new_work_folder
from tests.planted.harness import Harness
from tests.planted.starter_process import StarterProcess
from tests.support.one_interrupt import interrupt_once

A_DAY = 12
LONGEST = 120.0
"""Seconds that one run of a scenario may take."""
_AT_ONCE = 2
_TRIES = 3
SURVIVED = 1


def due(keys: Sequence[str], day: dt.date) -> list[str]:
    """A dozen or fewer of them; on as many days as it takes, all."""
    parts = max(1, -(-len(keys) // A_DAY))
    return sorted(keys)[day.toordinal() % parts :: parts]


def main() -> None:
    """Plant the mutants that are due today, and run the scenario that has killed each.

    Exit codes: 0 none survived, 1 one did, 3 the harness failed.
    """
    console = Console(highlight=False, soft_wrap=True)
    known = read_killed(KILLED)
    mutants = {one.key: one for one in population(list(Kind))}
    suite = {one.id: one for one in read_suite({})}
    pairs, gone = [], []
    for key in due(list(known), dt.date.today()):
        mutant, killer = mutants.get(key), suite.get(known[key])
        if mutant is None or killer is None:
            gone.append(key)
        else:
            pairs.append((mutant, killer))
    outcomes = _tried(pairs)
    for one in outcomes:
        by = known[one.key].partition("::")[2]
        if one.result is not Result.KILLED:
            console.print(f"{one.result.value}  {one.key}  {one.where}: {one.operator}; {by}; {one.note}", markup=False)
    killed = sum(one.result is Result.KILLED for one in outcomes)
    rest = f"; {len(gone)} are no more, or their scenario is: {', '.join(gone)}" if gone else ""
    console.print(f"{killed} of {len(outcomes)} mutants that are due today killed again{rest}", markup=False)
    raise typer.Exit(SURVIVED if any(one.result is Result.SURVIVED for one in outcomes) else 0)


def _tried(pairs: Sequence[tuple[Mutant, Scenario]]) -> list[Outcome]:
    work, harness = new_work_folder("mutants-"), Harness(LONGEST)
    try:
        with StarterProcess() as starter, ThreadPoolExecutor(_AT_ONCE) as pool:

            def attempt(pair: tuple[Mutant, Scenario]) -> Outcome:
                mutant, killer = pair
                trial = Trial(work, harness, starter.words, [killer], "")
                for _ in range(_TRIES - 1):
                    outcome = trial.try_out(mutant, [])
                    if outcome.result is not Result.SURVIVED:
                        return outcome
                return trial.try_out(mutant, [])

            try:
                return list(pool.map(attempt, pairs))
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
                harness.stop()
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    interrupt_once()
    typer.run(main)

"""What survived a first look, many in one copy: all scenarios that come by any of them are run once for all.

What is not right then is run again with each mutant by itself. So each has passed every scenario that comes by it, most
of them in the company of the others.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.mutants.mutant import Mutant
from tests.mutants.results import Outcome, Result, outcome_of
from tests.mutants.suite import Scenario
from tests.mutants.trial import Stillborn, Trial
from tests.planted.harness import HarnessFailed

IN_COMPANY = "in one copy with others"
"""The note of a survivor that some scenarios have seen in company only."""


def groups(mutants: Sequence[Mutant], most: int) -> list[list[Mutant]]:
    """The mutants in groups of at most so many, with no two of one place of the reference in a group."""
    found: list[list[Mutant]] = []
    for one in mutants:
        place = one.file, one.change.where
        for group in found:
            if len(group) < most and place not in {(other.file, other.change.where) for other in group}:
                group.append(one)
                break
        else:
            found.append([one])
    return found


def try_together(trial: Trial, group: Sequence[Mutant]) -> Iterator[Outcome]:
    """What becomes of each, as soon as it is known."""
    began = time.monotonic()
    due = {one.key: trial.due(one, [])[0] for one in group}
    every = {scenario.id: scenario for scenarios in due.values() for scenario in scenarios}
    in_order = sorted(every.values(), key=lambda one: (one.is_page, one.seconds))
    try:
        amiss = _amiss(trial, group, in_order)
    except (Stillborn, HarnessFailed):  # one of them is too much: each by itself
        amiss = set(every)
    share = (time.monotonic() - began) / len(group)
    for one in group:
        alone = [scenario for scenario in in_order if scenario.id in amiss and scenario in due[one.key]]
        told = trial.try_out(one, [], only=alone) if alone else outcome_of(one, Result.SURVIVED, suite=trial.digest)
        note = IN_COMPANY if told.result is Result.SURVIVED and len(alone) < len(due[one.key]) else told.note
        yield replace(told, note=note, seconds=round(told.seconds + share, 1))


def _amiss(trial: Trial, group: Sequence[Mutant], scenarios: Sequence[Scenario]) -> set[str]:
    """The ids of the scenarios that are not right, or were not run, with all of them in one copy."""
    copy = trial.copy(f"together-{group[0].key}")
    reports = trial.reports(f"together-{group[0].key}")
    try:
        for one in sorted(group, key=lambda one: (str(one.file), -one.change.start)):  # the last in a file first
            one.plant(copy)
        fine = trial.fine(scenarios, copy, reports)
        return {one.id for one in scenarios} - fine
    finally:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.rmtree(reports, ignore_errors=True)

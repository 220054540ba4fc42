"""`python -m tests.mutants`: generated mutants of the reference, and which of them the suite sees."""

from __future__ import annotations

import io
import shutil
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from greenroom.core.errors import GreenroomError
from tests.mutants.judged import read_judgements
from tests.mutants.mutant import Kind, Mutant
from tests.mutants.reach import known_reach, measured_reach
from tests.mutants.report_page import page_of
from tests.mutants.results import (
    KILLED,
    RESULTS,
    Outcome,
    Result,
    append,
    at_first,
    kills_by,
    read_outcomes,
    seen_since,
    write_killed,
)
from tests.mutants.sampling import drawn, part, population
from tests.mutants.suite import killers_first, read_suite, suite_digest
from tests.mutants.together import groups, try_together
from tests.mutants.trial import Trial, is_open
from tests.planted.copies import ROOT, new_work_folder
from tests.planted.harness import Harness, HarnessFailed, Stopped
from tests.planted.starter_process import StarterProcess
from tests.support.one_interrupt import interrupt_once

HERE = ROOT / ".greenroom" / "mutants"
LONGEST = 1800.0
"""Seconds that the scenarios may take which come by a mutant."""
LONGEST_MEASURING = 3600.0
"""Seconds that a run of all scenarios on the reference as it is may take."""
FIRST = 10
"""So many scenarios that killed neighbours are run before all others."""
FAULT = 3
_COLOURS = {Result.KILLED: "green", Result.SURVIVED: "red", Result.STILLBORN: "bright_black"}


def main(
    keys: Annotated[list[str] | None, typer.Argument(metavar="[KEY...]", help="Only these, and again.")] = None,
    seed: Annotated[int, typer.Option(help="The sample and its order come from it.")] = 1,
    sample: Annotated[int | None, typer.Option(min=0, metavar="N", help="So many of each kind. Default: all.")] = None,
    kind: Annotated[list[Kind] | None, typer.Option(help="Only of this kind; may be given again.")] = None,
    shard: Annotated[str, typer.Option(metavar="I/N", help="Only this part of the sample.")] = "1/1",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="So many at once.")] = 1,
    first: Annotated[str, typer.Option(metavar="TEXT", help="First the scenarios whose names hold it.")] = "",
    most: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="At most so many quick scenarios of each, or pages; fewer slow ones."),
    ] = None,
    results: Annotated[
        Path, typer.Option(metavar="FILE", help="Lines of former results; those are not tried again.")
    ] = RESULTS,
    page: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the page of all that was tried, and which mutants were killed."),
    ] = None,
    last_record: Annotated[
        bool,
        typer.Option(
            "--last-record",
            help="Go by the last record of who comes by which statement, though scenarios are new or changed.",
        ),
    ] = False,
    company: Annotated[
        int,
        typer.Option(
            "--together",
            min=1,
            metavar="N",
            help="N in one copy, for what survived a first look: all scenarios that come by any of them, once for all.",
        ),
    ] = 1,
    show: Annotated[bool, typer.Option("--list", help="Only say what mutants there are.")] = False,
) -> None:
    """Change the reference in many small places, and see which changes the suite notices.

    A mutant is killed by a red scenario, which has to be red twice. What does not start, takes too long or can't be
    told is reported apart, and is no kill. An interrupted campaign goes on where it stopped, and what survived with
    --most is tried again without it, unless it has been judged. The results are kept with the tests, so that campaigns
    add up.

    Exit codes: 0 all were tried, 3 misuse, or the harness failed.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    console = Console(highlight=False, soft_wrap=True)
    try:
        kinds = kind or list(Kind)
        chosen = [one for each in kinds for one in drawn(population([each]), seed, sample)]
        if keys:
            chosen = [one for one in population(list(Kind)) if one.key in keys]
            if len(chosen) != len(set(keys)):
                raise ValueError("there is no mutant of one of these keys: --list names them")
        chosen = part(chosen, shard)
    except ValueError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(FAULT) from None
    if show:
        for one in chosen:
            console.print(f"{one.key}\t{one.file}:{one.line}\t{one.change.where}\t{one.change.operator}", markup=False)
        raise typer.Exit
    former = read_outcomes(results)
    judged = read_judgements()
    done = {key for key, one in former.items() if most or key in judged or not is_open(one)}
    left = [one for one in chosen if keys or one.key not in done]
    work = new_work_folder("mutants-")
    try:
        if left:
            _campaign(console, work, left, results, jobs, first, most, last_record, company)
    except (ValueError, HarnessFailed, GreenroomError) as error:
        console.print(str(error), markup=False)
        raise typer.Exit(FAULT) from None
    except (KeyboardInterrupt, Stopped):
        console.print("interrupted; the same command goes on with it")
        raise typer.Exit(FAULT) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
    told = read_outcomes(results)
    if page is not None:
        text = page_of(list(told.values()), judged, seen_since(results), at_first(results))
        page.write_text(text, encoding="utf-8")
        mutants, scenarios = {one.key for one in population(list(Kind))}, {one.id for one in read_suite({})}
        write_killed(told.values(), KILLED, mutants, scenarios)
    count = Counter(told[one.key].result for one in chosen if one.key in told)
    console.print(", ".join(f"{number} {result}" for result, number in count.most_common()))


def _campaign(
    console: Console,
    work: Path,
    left: list[Mutant],
    results: Path,
    jobs: int,
    first: str,
    most: int | None,
    last_record: bool,
    company: int,
) -> None:
    """Tries what is left, and writes a line for each."""
    harness = Harness(LONGEST)
    with StarterProcess() as starter, ThreadPoolExecutor(jobs) as pool:
        began = time.monotonic()
        digest = suite_digest()
        try:
            with console.status("which scenarios come by which statement: one run of the whole suite …"):
                measuring = Harness(LONGEST_MEASURING)
                measure = partial(measured_reach, work, measuring, starter.words, jobs)
                record, reference = HERE / "reach.json", suite_digest(["reference"])
                reach = known_reach(record, digest, measure, reference=reference, former=last_record)
            suite = read_suite(reach.times)
            trial = Trial(work, harness, starter.words, suite, digest, reach, most)

            def attempt(mutant: Mutant) -> Outcome:
                kills = kills_by(read_outcomes(results).values(), mutant)
                named = [one for one in suite if first and first in one.name]
                known = [one for one in killers_first(suite, kills, FIRST) if one not in named]
                return trial.try_out(mutant, [*named, *known])

            def attempt_all(group: list[Mutant]) -> list[Outcome]:
                found = []
                for outcome in try_together(trial, group) if company > 1 else map(attempt, group):
                    append(results, outcome)
                    found.append(outcome)
                return found

            pending = [pool.submit(attempt_all, group) for group in groups(left, company)]
            number = 0
            for done in as_completed(pending):
                for outcome in done.result():
                    number += 1
                    _say(console, outcome, number, len(left), time.monotonic() - began)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            harness.stop()


def _say(console: Console, outcome: Outcome, number: int, of: int, since: float) -> None:
    colour = _COLOURS.get(outcome.result, "yellow")
    by = f"{outcome.promise} {outcome.by.partition('::')[2]}" if outcome.by else outcome.note[:100]
    console.print(f"{number:>4}/{of}  {since:>5.0f} s  [{colour}]{outcome.result.value:<9}[/] ", end="")
    console.print(f"{outcome.key}  {outcome.where}: {outcome.operator}  ({outcome.seconds:g} s)  {by}", markup=False)


if __name__ == "__main__":
    interrupt_once()
    typer.run(main)

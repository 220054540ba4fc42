"""`greenroom explore`: acts in orders that no scenario describes, and a feature file of what is wrong after them."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import typer

from greenroom.cli.explore_text import Explored, Uncovered, progress, render
from greenroom.cli.rerun import Rerun, rerun
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import PRIVATE, PROMISES, REPORTS, ROOT, target_name
from greenroom.gherkin.promises import read_promises
from greenroom.isolation.production import refuse_production
from greenroom.record.run_folder import new_run_id
from greenroom.scenario.explore.expected import Rules
from greenroom.scenario.explore.explorer import Explorer, Suspicion, Travelled
from greenroom.scenario.explore.feature_file import Origin, feature_text, file_name, fingerprint
from greenroom.scenario.explore.repertoire import repertoire_of
from greenroom.scenario.explore.stage import Stage, StepCaller
from greenroom.scenario.worker import Worker
from greenroom.targetfile.load import TargetFile, read_target

OUT = REPORTS / "explored"


class Through(StrEnum):
    """Through what people act."""

    HTTP = "http"
    BROWSER = "browser"


_MINUTES = 2.0
_LEAST = "go live"
"""The kind of act without which no room ever differs."""
_TOLD = ("greenroom", "python", "postgresql", "browser")
"""The versions that a feature file tells."""


def explore(
    target: str = typer.Option("", "--target", metavar="NAME", help="A folder below targets/, or the path of one."),
    minutes: float = typer.Option(
        None, "--minutes", min=0, metavar="N", help=f"Stop after so long. Default: {_MINUTES:g}, without --acts."
    ),
    acts: int = typer.Option(None, "--acts", min=1, metavar="N", help="Stop after so many acts."),
    seed: int = typer.Option(None, "--seed", help="The same acts in the same order again. Default: a new one."),
    only: Through = typer.Option(
        Through.HTTP, "--only", help="Through what people act: over HTTP alone, or on pages with some HTTP between."
    ),
    out: str = typer.Option("", "--out", metavar="DIR", help="Where files are written. Default: reports/explored."),
    replays: int = typer.Option(
        10, "--replays", min=1, metavar="N", help="Run each file so many times before it is reported."
    ),
    stop: bool = typer.Option(False, "-x", "--stop", help="Stop after the first finding."),
) -> None:
    """Look for bugs that no scenario describes, and write what is found as feature files.

    Hosts, guests and strangers act in orders that are drawn by a seed, in rooms
    of their own. After each act the promises that settle what must be so are
    looked at, and all invariants. What is wrong is made small, written as a
    scenario in the vocabulary's steps, and run before it is reported: move the
    file to features/bugs/, and it guards the promise.

    Trouble of the environment ends a sequence and is no finding. Production is
    refused, and the declared limit of Go Lives is kept.

    Exit 0: nothing was found. 1: something was. 2: could not tell. 3: misuse.
    """
    file = read_target(target_name(target), ROOT)
    described = file.resolve()
    refuse_production(described)
    if only is Through.BROWSER and described.web is None:
        hint = "[web] in its target.toml, or --only http"
        raise GreenroomError(f"{described.name} describes no pages", hint=hint, code="usage")
    file.check_runnable(described)
    limit = minutes if minutes is not None else _MINUTES if acts is None else None
    drawn = seed if seed is not None else secrets.randbelow(10_000)
    folder = Path(out) if out else OUT
    outcome = Explored(described.name, drawn)

    def enough(so_far: Travelled) -> bool:
        late = limit is not None and so_far.seconds >= limit * 60
        return late or (acts is not None and so_far.acts >= acts) or (stop and bool(outcome.found))

    console = Console(soft_wrap=True)
    try:
        with Console(stderr=True).status("starting …") as status, _worker(file, drawn, only) as worker:
            options = f"--only {only} --seed {drawn}" if only is not Through.HTTP else f"--seed {drawn}"
            writer = _Writer(worker, options, folder, target, replays)
            _explore(worker, outcome, enough, writer, status.update, only)
            outcome.left = worker.census() if described.launch is None else {}
    except KeyboardInterrupt:
        render(console, outcome, cut_short=True)  # what was found is found
        raise
    render(console, outcome)
    raise typer.Exit(outcome.exit)


def _explore(
    worker: Worker,
    outcome: Explored,
    enough: Callable[[Travelled], bool],
    write: _Writer,
    show: Callable[[str], object],
    only: Through,
) -> None:
    database = worker.database
    can_arrange = database.can_arrange if database is not None else lambda name: False
    repertoire = repertoire_of(worker.target, can_arrange, on_pages=only is Through.BROWSER)
    outcome.kinds = len(repertoire.kinds)
    if not any(kind.name == _LEAST for kind in repertoire.kinds):
        hint = "[operations.go_live] in its target.toml"
        raise GreenroomError(f"{outcome.target} describes no Go Live over HTTP: there is nothing to explore", hint=hint)
    tell = _Teller(show, outcome)
    explorer = Explorer(Stage(worker, _step_caller()), repertoire, outcome.seed, enough, tell)

    def report(suspicion: Suspicion) -> bool:
        if any(one.fingerprint == fingerprint(suspicion) for one in outcome.found):
            outcome.travelled.again += 1
            return True
        tell(outcome.travelled, "running the file that was written")
        one = write(suspicion, repertoire.rules)
        is_finding = one.rerun.failed > 0
        (outcome.found if is_finding else outcome.lost).append(one)
        return is_finding

    explorer.explore(outcome.travelled, report)


class _Teller:
    """Shows how far it is, at most so often that it can be read."""

    _EVERY = 0.2

    def __init__(self, show: Callable[[str], object], outcome: Explored) -> None:
        self._show, self._outcome, self._shown = show, outcome, 0.0

    def __call__(self, travelled: Travelled, what: str) -> None:
        if time.monotonic() - self._shown >= self._EVERY:
            self._shown = time.monotonic()
            self._show(progress(self._outcome, what))


class _Writer:
    """Writes what was found as a feature file, and runs it."""

    def __init__(self, worker: Worker, options: str, folder: Path, target: str, replays: int) -> None:
        self._worker, self._folder, self._target, self._replays = worker, folder, target, replays
        about = worker.about()
        versions = ", ".join(f"{name} {number}" for name, number in worker.versions().items() if name in _TOLD)
        self._origin = Origin(f"{about.name} {about.version}".strip(), versions, f"{dt.date.today()}", options)
        self._promises = read_promises(PROMISES)

    def __call__(self, found: Suspicion, rules: Rules) -> Uncovered:
        clean = replace(
            found, offence=replace(found.offence, message=self._worker.redactor.text(found.offence.message))
        )
        file = self._folder / file_name(clean)
        if not clean.shown:
            return Uncovered(clean, fingerprint(clean), file, Rerun(0, 0, "its own acts did not show it"))
        self._folder.mkdir(parents=True, exist_ok=True)
        file.write_text(self._text(clean, rules, ""), encoding="utf-8")
        ran = rerun(file, self._target, self._replays)
        if ran.failed:
            file.write_text(self._text(clean, rules, ran.rate), encoding="utf-8")
        else:
            file.unlink()
        return Uncovered(clean, fingerprint(clean), file, ran)

    def _text(self, found: Suspicion, rules: Rules, rate: str) -> str:
        return feature_text(found, rules, self._origin, self._promises, rate)


@contextmanager
def _worker(file: TargetFile, seed: int, only: Through) -> Iterator[Worker]:
    on_pages = only is Through.BROWSER
    worker = Worker.open(file, new_run_id(), seed, home=PRIVATE, worker_id="explore", browser=on_pages)
    try:
        yield worker
    finally:
        worker.close()


def _step_caller() -> StepCaller:
    """The steps live behind pytest, which the engine does not know: they are asked for by name."""
    caller: StepCaller = import_module("fixtures.step_caller").VocabularyCaller()
    return caller

"""The terminal while a run goes on: one live area on a terminal, one line a scenario anywhere else."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from greenroom.core.verdict import CHARGED, Verdict
from greenroom.core.wording import plural
from greenroom.record.events import Event, Header, ScenarioFinished, ScenarioStarted
from greenroom.reporting.exchange_text import fold, one_line
from greenroom.reporting.failure_text import headline, step_text
from greenroom.reporting.naming import readable
from greenroom.reporting.terminal_style import STYLE, Verbosity, print_labelled, print_line, safe, scenario_line
from greenroom.reporting.words import ATTENTION, milliseconds_text, part_text, seconds_text

_SHOWN_OF_A_CAUSE = 2


class LiveProgress:
    """Shows a run as it goes: give every event to `handle`, in the order they happen.

    Use it as a context manager, or call `start` and `stop`. On a terminal it keeps a few lines at the bottom with a
    bar, what is under way and the counts, and prints what needs attention above. Elsewhere, in CI and with TERM=dumb,
    it prints a line for each scenario that finished and moves no cursor.
    """

    def __init__(
        self,
        console: Console,
        header: Header,
        verbosity: Verbosity = Verbosity.NORMAL,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._console = console
        self._header = header
        self._verbosity = verbosity
        self._began = time.monotonic()
        self._counts = dict.fromkeys(Verdict, 0)
        self._seen: Counter[tuple[str, str, str]] = Counter()
        self._under_way: dict[str, float] = {}
        self._live = Live(
            console=console,
            get_renderable=self._area,
            refresh_per_second=8,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self.is_live = _has_cursor(console, environ) and verbosity is not Verbosity.QUIET

    def start(self) -> None:
        """Say what is about to run against which target, and open the live area where there is one."""
        if self._verbosity is not Verbosity.QUIET:
            print_line(self._console, *_opening(self._header))
        if self.is_live:
            self._live.start()

    def handle(self, event: Event) -> None:
        """Take in the next event of the run."""
        match event:
            case ScenarioStarted():
                self._under_way[event.id] = time.monotonic()
            case ScenarioFinished():
                self._under_way.pop(event.id, None)
                self._counts[event.verdict] += 1
                self._finished(event)
            case _:
                pass

    def stop(self) -> None:
        """Take the live area away; what was printed stays. Stopping twice is fine."""
        self._live.stop()

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Within it, the live area is away, and somebody else may write."""
        self._live.stop()
        try:
            yield
        finally:
            if self.is_live:
                self._live.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, it: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def _finished(self, scenario: ScenarioFinished) -> None:
        verbose = self._verbosity is Verbosity.VERBOSE
        trouble = scenario.verdict in ATTENTION
        every = self._verbosity is not Verbosity.QUIET and not self.is_live
        repeated = trouble and not verbose and self._repeats(scenario)
        if repeated and scenario.verdict not in CHARGED:
            return
        if trouble or every or verbose:
            print_line(self._console, *scenario_line(scenario))
        if verbose:
            self._steps(scenario)
        if trouble and not repeated:
            print_labelled(self._console, "", safe(headline(scenario), STYLE[scenario.verdict]))
            if step := step_text(scenario):
                print_labelled(self._console, "", safe(step))

    def _repeats(self, scenario: ScenarioFinished) -> bool:
        """Whether this trouble has been shown often enough: a target that is down says so in every scenario, and a bug
        in many."""
        failure = scenario.failure
        if failure is None:
            return False
        if scenario.verdict in CHARGED and failure.wrong:
            cause = ("", failure.wrong[0].subject, failure.wrong[0].how)
        elif scenario.verdict in (Verdict.INCONCLUSIVE, Verdict.ERROR):
            cause = (str(scenario.verdict), failure.cause, failure.message)
        else:
            return False
        self._seen[cause] += 1
        if self._seen[cause] == _SHOWN_OF_A_CAUSE + 1:
            print_labelled(self._console, "", safe("… and more of the same cause: counted at the end", "bright_black"))
        return self._seen[cause] > _SHOWN_OF_A_CAUSE

    def _steps(self, scenario: ScenarioFinished) -> None:
        for step in scenario.steps:
            style = STYLE[step.verdict] if step.verdict else "bright_black"
            time_text = seconds_text(step.seconds) if step.verdict else "not reached"
            text = Text.assemble(
                (f"{step.keyword} ", "bold"), safe(step.text, style), (f"  {time_text}", "bright_black")
            )
            print_line(self._console, "          ", text)
            for one in fold(step.exchanges):
                times = f"  {one.times} times" if one.times > 1 else ""
                print_line(self._console, "            ", safe(one_line(one.exchange) + times, "bright_black"))

    def _area(self) -> RenderableType:
        """The live area: never more lines than fit, whatever the width."""
        done, planned = sum(self._counts.values()), self._header.planned
        elapsed = seconds_text(time.monotonic() - self._began)
        bar = Table.grid(padding=(0, 1), expand=False)
        tone = "red" if any(self._counts[verdict] for verdict in ATTENTION) else "green"
        of = f"{done} of {planned}" if planned else plural(done, "scenario")
        bar.add_row(
            ProgressBar(
                total=max(planned, done, 1),
                completed=done,
                width=min(30, self._console.width // 3),
                complete_style=tone,
                finished_style=tone,
            ),
            Text(of, style="bold"),
            Text(elapsed, style="bright_black"),
        )
        return Group(Text(), bar, *self._now(), *self._tally())

    def _tally(self) -> list[Text]:
        """One line, what is bad before what is neither good nor bad: where there is no room, the end is left out."""
        order = [Verdict.PASSED, *ATTENTION, Verdict.KNOWN_FAILURE, Verdict.NOT_APPLICABLE]
        told = [Text(f"{self._counts[one]} {one}", style=STYLE[one]) for one in order if self._counts[one]]
        line = Text("  ").join(told)
        line.no_wrap, line.overflow = True, "ellipsis"
        return [line] if told else []

    def _now(self) -> list[Text]:
        at = time.monotonic()
        shown = list(self._under_way.items())[: max(self._header.workers, 1)][:4]
        return [
            Text.assemble(
                (
                    f"{milliseconds_text(at - since) if at - since < 1 else seconds_text(at - since):>7}  ",
                    "bright_black",
                ),
                safe(readable(id_)),
                no_wrap=True,
                overflow="ellipsis",
            )
            for id_, since in shown
        ]


def _has_cursor(console: Console, environ: Mapping[str, str]) -> bool:
    """FORCE_COLOR makes rich believe in a terminal; only a real one has a cursor to move."""
    if environ.get("CI", "").lower() not in ("", "0", "false") or console.is_dumb_terminal:
        return False
    try:
        return console.is_terminal and console.file.isatty()
    except ValueError:  # a closed file
        return False


def _opening(header: Header) -> list[Text | str]:
    told = [plural(header.planned // max(header.repeat, 1), "scenario")] if header.planned else []
    told += [f"each {header.repeat} times"] if header.repeat > 1 else []
    told += list(filter(None, [part_text(header)]))
    told += [f"seed {header.seed}"] + ([f"{header.workers} workers"] if header.workers > 1 else [])
    target = f"{header.target.name} {header.target.version}".strip()
    return [Text("greenroom", style="bold"), "  ", safe(f"{target} ({header.target.environment})  {', '.join(told)}")]

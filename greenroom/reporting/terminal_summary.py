"""The end of a run on the terminal: the causes first, then other failures, the table by subject, then the verdict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from greenroom.core.verdict import CHARGED, Verdict
from greenroom.core.wording import plural
from greenroom.record.events import Footer, ScenarioFinished
from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.failure_text import headline, place
from greenroom.reporting.naming import full_name
from greenroom.reporting.terminal_causes import render_causes, render_failure, render_others
from greenroom.reporting.terminal_history import render_history
from greenroom.reporting.terminal_stability import render_stability
from greenroom.reporting.terminal_style import RUN_STYLE, STYLE, Verbosity, print_line, safe
from greenroom.reporting.words import ATTENTION, clip, part_text, seconds_text, sources_sentence

_IN_FULL = 8
_SLOWEST = 8


def render_summary(
    console: Console, run: Conclusion, reports_dir: Path, verbosity: Verbosity = Verbosity.NORMAL
) -> None:
    """Print the summary of `run`; `reports_dir` is where its reports are, and is shown as it is given.

    Fits any width from 40 columns; commands are never broken into lines, so that they can be copied.
    """
    scenarios = run.record.scenarios
    render_causes(console, run.causes, verbosity)
    _failures(console, scenarios, verbosity)
    _inconclusive(console, scenarios)
    if verbosity is not Verbosity.QUIET:
        _grouped(console, scenarios, Verdict.KNOWN_FAILURE)
    if verbosity is not Verbosity.QUIET or all(one.verdict is Verdict.NOT_APPLICABLE for one in scenarios):
        _grouped(console, scenarios, Verdict.NOT_APPLICABLE)  # all of them: nothing else tells why nothing is known
    if verbosity is not Verbosity.QUIET:
        _features(console, scenarios)
    render_stability(console, run.record, verbosity)
    render_history(console, run, verbosity)
    if verbosity is Verbosity.VERBOSE:
        _slowest(console, scenarios)
    _census(console, run.record.footer)
    _verdict(console, run, reports_dir)


def _failures(console: Console, scenarios: Sequence[ScenarioFinished], verbosity: Verbosity) -> None:
    bad = [one for verdict in ATTENTION for one in scenarios if one.verdict is verdict]
    bad = [one for one in bad if one.verdict is not Verdict.INCONCLUSIVE and one.verdict not in CHARGED]
    alike: dict[str, list[ScenarioFinished]] = {}
    for scenario in bad:  # an error says the same in every scenario that meets it: it is told once
        alike.setdefault(headline(scenario) if scenario.verdict is Verdict.ERROR else scenario.id, []).append(scenario)
    bad = bad if verbosity is Verbosity.VERBOSE else [first for first, *_ in alike.values()]
    limit = len(bad) if verbosity is Verbosity.VERBOSE else _IN_FULL
    for scenario in bad[:limit]:
        render_failure(console, scenario)
        if verbosity is not Verbosity.VERBOSE and (others := alike.get(headline(scenario), [])[1:]):
            render_others(console, others)
    if rest := bad[limit:]:
        console.print()
        print_line(console, Text(f"and {len(rest)} more, in full in the report:", style="bold"))
        for scenario in rest:
            print_line(
                console, "  ", safe(headline(scenario), STYLE[scenario.verdict]), "  ", safe(full_name(scenario))
            )


def _inconclusive(console: Console, scenarios: Sequence[ScenarioFinished]) -> None:
    """One line a cause: an environment that is down is in the way of many scenarios."""
    causes: dict[str, list[ScenarioFinished]] = {}
    for scenario in scenarios:
        if scenario.verdict is Verdict.INCONCLUSIVE:
            cause = scenario.failure.cause if scenario.failure else ""
            causes.setdefault(cause or "unknown cause", []).append(scenario)
    if not causes:
        return
    console.print()
    console.print(Text(f"{plural(sum(map(len, causes.values())), 'scenario')} inconclusive", style="yellow"))
    for cause, stopped in causes.items():
        failure = stopped[0].failure
        why = failure.message.strip().partition("\n")[0] if failure else stopped[0].note
        print_line(
            console,
            "  ",
            Text(cause, style="bold"),
            f"  {plural(len(stopped), 'scenario')}  ",
            safe(why.removeprefix(f"{cause}: ")),
        )
        if failure and failure.hint:
            print_line(console, "    hint  ", safe(failure.hint))


def _grouped(console: Console, scenarios: Sequence[ScenarioFinished], verdict: Verdict) -> None:
    """Not applicable by capability, known failures by their entry in the list."""
    found = [scenario for scenario in scenarios if scenario.verdict is verdict]
    if not found:
        return
    notes = Counter(_capability(scenario) for scenario in found)
    console.print()
    console.print(Text(f"{plural(len(found), 'scenario')} {_AS[verdict]}", style=STYLE[verdict]))
    for note, count in notes.items():
        print_line(console, "  ", Text(f"{count:>3}", style="bold"), "  ", safe(note))


_AS = {Verdict.NOT_APPLICABLE: "not applicable", Verdict.KNOWN_FAILURE: "known to fail, and still failing"}


def _capability(scenario: ScenarioFinished) -> str:
    note = scenario.note or (scenario.failure.message if scenario.failure else "") or scenario.name
    if scenario.verdict is Verdict.NOT_APPLICABLE and (named := re.search(r"capability ['\"]([\w-]+)['\"]", note)):
        return f"{named[1]}  (a capability that the target does not declare)"
    return f"{' '.join(scenario.promises)}  {clip(note, 200)}" if scenario.verdict is Verdict.KNOWN_FAILURE else note


def _features(console: Console, scenarios: Sequence[ScenarioFinished]) -> None:
    """A table with a line for each feature; its title is its subject."""
    features: dict[str, list[ScenarioFinished]] = {}
    for scenario in scenarios:
        features.setdefault(scenario.feature_title or scenario.feature, []).append(scenario)
    if not features:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bright_black", pad_edge=False)
    table.add_column("subject", overflow="fold")
    table.add_column("scenarios" if console.width >= 72 else "all", justify="right", no_wrap=True)
    table.add_column("passed", justify="right", no_wrap=True)
    table.add_column("time", justify="right", no_wrap=True)
    table.add_column("", overflow="fold")
    for title, here in features.items():
        counts = Counter(scenario.verdict for scenario in here)
        rest = Text(", ").join(
            Text(f"{counts[verdict]} {verdict}", style=STYLE[verdict])
            for verdict in reversed(Verdict)
            if counts[verdict] and verdict is not Verdict.PASSED
        )
        time = seconds_text(sum(scenario.seconds for scenario in here))
        table.add_row(safe(title), str(len(here)), str(counts[Verdict.PASSED]), time, rest)
    console.print()
    console.print(table)


def _slowest(console: Console, scenarios: Sequence[ScenarioFinished]) -> None:
    slowest = sorted(scenarios, key=lambda one: one.seconds, reverse=True)[:_SLOWEST]
    if not slowest:
        return
    console.print()
    console.print(Text("slowest", style="bright_black"))
    for scenario in slowest:
        print_line(
            console, f"  {seconds_text(scenario.seconds):>8}  ", safe(f"{place(scenario)}  {full_name(scenario)}")
        )


def _census(console: Console, footer: Footer | None) -> None:
    left = {name: rows for name, rows in (footer.census if footer else {}).items() if rows}
    if left:
        told = ", ".join(f"{rows} in {name}" for name, rows in left.items())
        console.print()
        print_line(console, safe(f"rows of this run that are still there: {told}", "yellow"))


def _verdict(console: Console, run: Conclusion, reports_dir: Path) -> None:
    header = run.record.header
    about = [f"target {header.target.name}", f"seed {header.seed}", *filter(None, [part_text(header)])]
    console.print()
    if run.causes:
        console.print(safe(run.summary))
    console.print(
        Text.assemble(
            Text(str(run.verdict), style=RUN_STYLE[run.verdict]),
            f"  {plural(run.finished, 'scenario')} in {seconds_text(run.seconds)}  ",
            safe(f"({', '.join(about)})", "bright_black"),
        )
    )
    if run.reason:
        console.print(safe(run.reason))
    if told := sources_sentence(header.target):
        print_line(console, safe(f"judged in part: {told}", "yellow"))
    if header.target.clock:
        print_line(console, safe(header.target.clock, "yellow"))
    for id_ in run.record.unfinished[:5]:
        print_line(console, "  never finished  ", safe(id_))
    print_line(console, Text("report  ", style="bright_black"), safe((reports_dir / "report.html").as_posix()))

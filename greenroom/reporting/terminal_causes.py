"""The causes of a run's failures on the terminal: of each the most telling scenario in full, the others a line each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from greenroom.core.verdict import Verdict
from greenroom.core.wording import plural
from greenroom.record.events import ScenarioFinished
from greenroom.reporting.causes import FailureCause
from greenroom.reporting.exchange_text import key_exchanges, one_line, rooms_in
from greenroom.reporting.failure_evidence import evidence_lines, story_lines
from greenroom.reporting.failure_text import again, headline, place, step_text
from greenroom.reporting.naming import full_name
from greenroom.reporting.terminal_style import INDENT, STYLE, Verbosity, print_labelled, print_line, safe
from greenroom.reporting.words import enumerated

_IN_FULL = 8
_LINES = 14
_OTHERS = 6


def render_causes(console: Console, causes: Sequence[FailureCause], verbosity: Verbosity) -> None:
    """Print the causes of a run; only the first few in full, unless everything is asked for."""
    verbose = verbosity is Verbosity.VERBOSE
    shown = causes if verbose else causes[:_IN_FULL]
    for number, cause in enumerate(shown, 1):
        _head(console, cause, f"cause {number} of {len(causes)}")
        render_failure(console, cause.scenarios[0])
        _others(console, cause, all_of_them=verbose)
    if rest := causes[len(shown) :]:
        console.print()
        print_line(console, Text(f"and {len(rest)} more, in full in the report:", style="bold"))
        for cause in rest:
            first = cause.scenarios[0]
            print_line(console, "  ", safe(headline(first), STYLE[first.verdict]), "  ", safe(full_name(first)))


def render_failure(console: Console, scenario: ScenarioFinished) -> None:
    """Print one scenario that is not right, in full."""
    console.print()
    console.print(safe(headline(scenario), STYLE[scenario.verdict]))
    print_labelled(console, "where", Text.assemble(safe(f"{place(scenario)}  "), safe(full_name(scenario), "bold")))
    failure = scenario.failure
    if step := step_text(scenario):
        for line in story_lines(scenario):
            print_labelled(console, line.label, safe(line.text))
        print_labelled(console, "step", safe(step.removeprefix("step ")))
    told = evidence_lines(scenario)
    for line in told[:_LINES]:
        print_labelled(console, line.label, safe(line.text))
    if len(told) > _LINES:
        print_labelled(console, "", safe(f"… {plural(len(told) - _LINES, 'more line')} in the report"))
    if scenario.verdict is not Verdict.UNEXPECTEDLY_FIXED:
        _exchanges(console, scenario)
    if failure and scenario.note:
        print_labelled(console, "note", safe(scenario.note))
    if failure and failure.hint:
        print_labelled(console, "hint", safe(failure.hint))
    if failure and (command := again(failure)):
        print_line(console, Text("  again     ", style="bright_black"), safe(command, "bold"))


def _head(console: Console, cause: FailureCause, counted: str) -> None:
    console.print()
    title = f"  {cause.title}" if cause.what[1] else ""  # else it is the headline below
    console.print(safe(f"{counted}{title}", "bold"))
    if cause.since:
        print_labelled(console, "since", safe(", ".join(cause.since[:3]) + (" …" if len(cause.since) > 3 else "")))
    if cause.broken:
        print_labelled(console, "breaks", safe(enumerated(list(cause.broken))))
    if cause.touched:
        print_labelled(console, "touches", safe(enumerated(list(cause.touched))))


def _others(console: Console, cause: FailureCause, *, all_of_them: bool) -> None:
    counted = [f"{len(cause.failed)} failed"] if cause.failed else []
    counted += [f"{len(cause.blocked)} blocked"] if cause.blocked else []
    render_others(console, cause.scenarios[1:], f", {enumerated(counted)} in all", all_of_them=all_of_them)


def render_others(
    console: Console, others: Sequence[ScenarioFinished], counted: str = "", *, all_of_them: bool = False
) -> None:
    """Print a line for each of the other scenarios that say the same, the first few unless `all_of_them`."""
    if not others:
        return
    console.print()
    console.print(safe(f"the same in {plural(len(others), 'other scenario')}{counted}"))
    shown = others if all_of_them else others[:_OTHERS]
    for scenario in shown:
        label = " ".join(scenario.promises)
        print_labelled(console, label, safe(full_name(scenario), STYLE[scenario.verdict]), style="bold")
    if rest := len(others) - len(shown):
        print_labelled(console, "", safe(f"… and {rest} more in the report"))


def _exchanges(console: Console, scenario: ScenarioFinished) -> None:
    """What was sent, of each answer as much as its line has room for."""
    rooms = rooms_in(scenario)
    for number, one in enumerate(key_exchanges(scenario)):
        times = f"  {one.times} times" if one.times > 1 else ""
        taken = INDENT + cell_len(one_line(one.exchange, body=0, rooms=rooms)) + len(times) + 1
        room = console.width - taken
        print_labelled(
            console, "" if number else "sent", safe(one_line(one.exchange, body=max(room, 24), rooms=rooms) + times)
        )

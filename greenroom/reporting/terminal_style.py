"""Colours, the label column and safe text: what the live view and the summary share."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from rich.console import Console
from rich.text import Text

from greenroom.core.verdict import RunVerdict, Verdict
from greenroom.record.events import ScenarioFinished
from greenroom.reporting.naming import full_name
from greenroom.reporting.words import seconds_text


class Verbosity(StrEnum):
    """How much is said: only failures and the end; a line a scenario; every step with its exchanges too."""

    QUIET = "quiet"
    NORMAL = "normal"
    VERBOSE = "verbose"


STYLE: Final = {
    Verdict.PASSED: "green",
    Verdict.KNOWN_FAILURE: "blue",
    Verdict.NOT_APPLICABLE: "bright_black",
    Verdict.UNEXPECTEDLY_FIXED: "bold cyan",
    Verdict.FLAKY: "bold yellow",
    Verdict.FAILED: "bold red",
    Verdict.CONTRADICTION: "bold magenta",
    Verdict.INCONCLUSIVE: "yellow",
    Verdict.BLOCKED: "red",
    Verdict.ERROR: "bold white on red",
}

RUN_STYLE: Final = {
    RunVerdict.CONFORMANT: "bold green",
    RunVerdict.NOT_CONFORMANT: "bold red",
    RunVerdict.COULD_NOT_TELL: "bold yellow",
    RunVerdict.ERROR: "bold white on red",
}

INDENT: Final = 12

# What a target sends must not move the cursor, ring the bell or turn a line around.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(text: str, style: str = "") -> Text:
    """`text` without control characters, and never read as markup."""
    return Text(_UNSAFE.sub("·", text), style=style)


def print_line(console: Console, *parts: Text | str) -> None:
    """Print one line that the terminal itself wraps, so that it can be searched for and copied whole."""
    console.print(Text.assemble(*parts), soft_wrap=True)


def print_labelled(console: Console, label: str, text: Text, *, style: str = "bright_black") -> None:
    """Print `text` behind its label, its further lines below itself and not below the label."""
    for number, line in enumerate(text.wrap(console, max(console.width - INDENT, 20), overflow="fold")):
        line.rstrip()
        print_line(console, Text(f"  {'' if number else label:<{INDENT - 2}}", style=style), line)


def scenario_line(scenario: ScenarioFinished) -> list[Text | str]:
    """`  passed  E1  the host ends a live room  0.41 s`."""
    return [
        "  ",
        Text(f"{scenario.verdict:<6}", style=STYLE[scenario.verdict]),
        "  ",
        Text(f"{' '.join(scenario.promises):<3}", style="bold"),
        "  ",
        safe(full_name(scenario)),
        Text(f"  {seconds_text(scenario.seconds)}", style="bright_black"),
    ]

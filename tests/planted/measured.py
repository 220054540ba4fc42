"""How many causes the reports tell of a planted bug, and which promises they name as broken: one bug is one cause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from greenroom.core.wording import plural
from tests.planted.bug import Bug, promise_order

_LINE = re.compile(
    r"- `(?P<bug>\w+)`: (?P<causes>\d+) causes? in (?P<ran>\d+) scenarios?;"
    r" breaks (?P<broken>[A-Z0-9, ]+|nothing); touches (?P<touched>\d+)"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run told of a bug: how many causes in how many scenarios, the promises named as broken, and how many
    others were touched."""

    causes: int
    ran: int
    broken: tuple[str, ...]
    touched: int

    @staticmethod
    def of(verdict: Mapping[str, Any]) -> Measured:
        """From a verdict.json."""
        return Measured(
            len(verdict["causes"]), len(verdict["scenarios"]), tuple(verdict["broken"]), len(verdict["touched"])
        )


def read_measured(page: Path) -> dict[str, Measured]:
    """What the page says was measured, by the bug's name."""
    lines = page.read_text(encoding="utf-8").splitlines() if page.is_file() else []
    found = {}
    for match in filter(None, map(_LINE.fullmatch, lines)):
        broken = () if match["broken"] == "nothing" else tuple(match["broken"].split(", "))
        found[match["bug"]] = Measured(int(match["causes"]), int(match["ran"]), broken, int(match["touched"]))
    return found


def section(bugs: Sequence[Bug], measured: Mapping[str, Measured]) -> list[str]:
    """The part of the page that tells it, in Markdown; nothing where nothing was measured."""
    known = sorted(
        (bug for bug in bugs if bug.name in measured), key=lambda bug: (promise_order(bug.promise), bug.name)
    )
    if not known:
        return []
    all_of_them = [measured[bug.name] for bug in known]
    own = sum(bug.promise in measured[bug.name].broken for bug in known)
    return [
        "## How many causes a bug gives\n",
        "One bug is one cause, and is told once. Measured with the whole suite on each of"
        f" {len(known)} of the {len(bugs)} bugs, by `python -m tests.planted --whole NAME --matrix docs/planted.md`;",
        "with `--without-pages`, where fewer scenarios ran, those in a browser were left out.\n",
        "| | median | 90th percentile | most |",
        "|---|---|---|---|",
        f"| causes | {_spread([one.causes for one in all_of_them])} |",
        f"| promises named as broken | {_spread([len(one.broken) for one in all_of_them])} |",
        f"| promises touched | {_spread([one.touched for one in all_of_them])} |",
        "",
        f"The first promise that a bug breaks is among those named for {own} of the {len(known)}.\n",
        *(_line(bug, measured[bug.name]) for bug in known),
        "",
    ]


def _spread(numbers: Iterable[int]) -> str:
    ordered = sorted(numbers)
    high = quantiles(ordered, n=10, method="inclusive")[-1] if len(ordered) > 1 else ordered[0]
    return f"{median(ordered):g} | {high:g} | {ordered[-1]}"


def _line(bug: Bug, one: Measured) -> str:
    causes = f"{plural(one.causes, 'cause')} in {plural(one.ran, 'scenario')}"
    return f"- `{bug.name}`: {causes}; breaks {', '.join(one.broken) or 'nothing'}; touches {one.touched}"

"""docs/races.md: every planted race, and how often which scenario caught it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from tests.planted.bug import Bug, promise_order
from tests.planted.series import Series

_RACE = re.compile(r"^(?=\*\*[A-Z]\d{1,2}\*\* `)", re.MULTILINE)
_NAME = re.compile(r"\*\*(?P<promise>[A-Z]\d{1,2})\*\* `(?P<bug>\w+)`")

_HEAD = """\
# Races

A race that is hoped for is caught now and then. `python -m tests.planted.repeat` plants each bug that shows only when
two things meet (its patch says which, in the line `Race`), and runs the scenarios tagged `@race` of the promises it
breaks {times} times, or as often as its table says. One of them has to be red in every single run; the correct
reference has to pass all as often.

- Where the database is ours, a lock makes the two meet: a row, or the writes to a table, is held until every request
  waits for it, or until one waits and the other stands behind it. Such scenarios need `database-faults`.
- In the browser the page's request is held until both have come.
- Next to these stand the same requests released at one moment, connections open: the best that can be done to a target
  whose database is not ours. How often they catch the bug depends on it, on the machine, and on luck.

This page is written by `python -m tests.planted.repeat --page docs/races.md`;
`python -m tests.planted.repeat NAME --page docs/races.md` runs one race, and writes only what is said of that one.
"""


def page_of(done: Sequence[Series]) -> str:
    """The page, in Markdown."""
    head = _HEAD.format(times=max(series.times for series in done))
    correct = [_correct(series) for series in done if series.bug is None]
    return _joined(
        "\n".join([head, *correct]), [_race(series, series.bug) for series in done if series.bug is not None]
    )


def with_races(page: str, done: Sequence[Series], bugs: Collection[Bug]) -> str:
    """The page with the races of `done` written anew. Races that are none of `bugs` any more go; the others stay, and
    so does what the page says of the correct reference."""
    head, *races = _RACE.split(page)
    fresh = {series.bug.name: _race(series, series.bug) for series in done if series.bug is not None}
    known = {bug.name for bug in bugs}
    kept = [text for text in races if (match := _NAME.match(text)) and match["bug"] in known - fresh.keys()]
    return _joined(head, [*kept, *fresh.values()])


def _joined(head: str, races: Sequence[str]) -> str:
    return "\n\n".join(part.strip() for part in [head, *sorted(races, key=_place)]) + "\n"


def _place(race: str) -> tuple[tuple[int, int], str]:
    match = _NAME.match(race)
    assert match is not None
    return promise_order(match["promise"]), match["bug"]


def _race(series: Series, bug: Bug) -> str:
    also = f" (also {', '.join(bug.breaks[1:])})" if bug.breaks[1:] else ""
    out = [f"**{bug.promise}** `{bug.name}`{also}: {bug.race}\n", "| scenario | red |", "|---|---|"]
    by_reds = sorted(series.verdicts, key=lambda name: -series.reds(name))
    out += [f"| {name} | {series.reds(name)} of {series.times} |" for name in by_reds if series.reds(name)]
    idle = sum(not series.reds(name) for name in series.verdicts)
    others = f"{idle} other {'scenario' if idle == 1 else 'scenarios'}"
    return "\n".join([*out, *([f"\nNot concerned: {others} of its promises."] if idle else [])])


def _correct(series: Series) -> str:
    passed = sum(seen["passed"] for seen in series.verdicts.values())
    runs = sum(seen.total() for seen in series.verdicts.values())
    return f"The correct reference: {len(series.verdicts)} scenarios, {runs} runs, {passed} passed.\n"

"""docs/races.md: every planted race, and how often which scenario caught it."""

from __future__ import annotations

from collections.abc import Sequence

from tests.planted.series import Series

_HEAD = """\
# Races

A race that is hoped for is caught now and then. `python -m tests.planted.repeat` plants each bug that shows only when
two things meet (its patch says which, in the line `Race`), and runs the scenarios tagged `@race` of the promises it
breaks {times} times. One of them has to be red in every single run; the correct reference has to pass all as often.

- Where the database is ours, a lock makes the two meet: a row, or the writes to a table, is held until every request
  waits for it, or until one waits and the other stands behind it. Such scenarios need `database-faults`.
- In the browser the page's request is held until both have come.
- Next to these stand the same requests released at one moment, connections open: the best that can be done to a target
  whose database is not ours. How often they catch the bug depends on it, on the machine, and on luck.

This page is written by `python -m tests.planted.repeat --page docs/races.md`.
"""


def page_of(done: Sequence[Series]) -> str:
    """The page, in Markdown."""
    times = max(series.times for series in done)
    out = [_HEAD.format(times=times)]
    for series in done:
        if series.bug is None:
            out.append(_correct(series))
            continue
        also = f" (also {', '.join(series.bug.breaks[1:])})" if series.bug.breaks[1:] else ""
        out.append(f"**{series.bug.promise}** `{series.bug.name}`{also}: {series.bug.race}\n")
        out += ["| scenario | red |", "|---|---|"]
        by_reds = sorted(series.verdicts, key=lambda name: -series.reds(name))
        out += [f"| {name} | {series.reds(name)} of {series.times} |" for name in by_reds if series.reds(name)]
        idle = sum(not series.reds(name) for name in series.verdicts)
        others = f"{idle} other {'scenario' if idle == 1 else 'scenarios'}"
        out.append(f"\nNot concerned: {others} of its promises.\n" if idle else "")
    return "\n".join(out).rstrip() + "\n"


def _correct(series: Series) -> str:
    passed = sum(seen["passed"] for seen in series.verdicts.values())
    runs = sum(seen.total() for seen in series.verdicts.values())
    return f"The correct reference: {len(series.verdicts)} scenarios, {runs} runs, {passed} passed.\n"

"""What `greenroom monitor` prints: a line a look, what changed with its rows, and the summary at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from greenroom.claims.watching.changes import AlarmChange
from greenroom.cli.audit_text import shown_value
from greenroom.cli.columns import print_columns
from greenroom.core.console import Console
from greenroom.core.moments import length, told
from greenroom.core.verdict import RunVerdict
from greenroom.core.wording import plural
from greenroom.record.series import Look
from greenroom.record.series_file import Watched
from greenroom.record.times import instant
from greenroom.reporting.watching.history import courses_of, result_of, totals_of, verdict_of
from greenroom.reporting.watching.summary import summary
from greenroom.reporting.watching.words import beside_bound, bound, called, value

_STYLE = {"good": "green", "out of bounds": "red", "could not tell": "yellow", "maintenance": "cyan"}
_KINDS = {"alarm": "bold red", "out of bounds": "red", "recovered": "bold green"}
_VERDICTS = {
    RunVerdict.CONFORMANT: "bold green",
    RunVerdict.NOT_CONFORMANT: "bold red",
    RunVerdict.COULD_NOT_TELL: "bold yellow",
}
_ROWS = (("stuck_rooms", "stuck"), ("orphaned_sessions", "orphaned"), ("falsely_listed", "falsely listed"),
         ("unlisted_sessions", "not listed"))  # fmt: skip


def print_beginning(console: Console, watched: Watched, path: Path, every: str, lasts: str) -> None:
    """What is watched, how, and with which series it goes on."""
    how = f"every {every}{f' for {lasts}' if lasts else ', until Ctrl-C'}"
    canary = f"audits only: {watched.began.canary}" if watched.began.canary else "audit and canary"
    console.print(f"watching {watched.began.target} {how}, {canary}; series {path}", soft_wrap=True)
    if watched.resumed:
        last = f", the last at {_short(watched.looks[-1].at)}" if watched.looks else ""
        begun = told(dt.datetime.fromisoformat(watched.began.at))
        console.print(f"going on with the watch of {begun}: {plural(len(watched.looks), 'look')}{last}", soft_wrap=True)


def print_look(console: Console, look: Look, number: int, changed: Sequence[AlarmChange]) -> None:
    """One line, and below it what the look changed, with rows and whole ids."""
    result = result_of(look)
    console.print(
        Text.assemble(
            (f"{_short(look.at)}  ", "dim"), f"look {number:,}: ", (result, _STYLE[result]), f"  {_figures(look)}"
        ),
        soft_wrap=True,
    )
    for why in look.could_not_tell:
        console.print(Text(f"  could not tell: {' '.join(why.split())}", style="yellow"), soft_wrap=True)
    for change in changed:
        _change(console, change)


def _figures(look: Look) -> str:
    found = {(one.name, one.of): one.found for one in look.figures}
    parts = [f"{word} {found[name, '']:.0f}" for name, word in _ROWS if found.get((name, "")) is not None]
    if look.canary is not None:
        for what, after in (("listed", look.canary.listed_after), ("gone", look.canary.gone_after)):
            if after is not None:
                parts.append(
                    f"{what} after {'over ' if what in look.canary.late else ''}{value('listing_delay_p50', after)}"
                )
    if look.log is not None and not look.log.could_not_tell:
        parts.append(f"409s {look.log.conflicts} of {plural(look.log.go_lives, 'Go Live')}")
    return f"{', '.join(parts)} ({look.seconds:.1f} s)".lstrip()


def _change(console: Console, change: AlarmChange) -> None:
    figure = change.figure
    since = f", since {told(dt.datetime.fromisoformat(figure.since))}" if figure.since else ""
    more = "; no alarm yet" if change.kind == "out of bounds" else ""
    line = Text.assemble("  ", (change.kind, _KINDS[change.kind]), f": {beside_bound(figure)}{since}{more}")
    console.print(line, soft_wrap=True)
    if figure.rows and change.kind != "recovered":
        head = list(dict.fromkeys(key for row in figure.rows for key in row))
        print_columns(console, head, [[shown_value(row.get(key)) for key in head] for row in figure.rows], indent=4)
        if figure.name in dict(_ROWS) and (figure.found or 0) > len(figure.rows):
            left = int(figure.found or 0) - len(figure.rows)
            console.print(f"    … and {left:,} more: greenroom audit shows them", soft_wrap=True)


def print_end(console: Console, watched: Watched, report: Path | None) -> None:
    """Every figure over the whole watch, the alarms, and the sentence that a person signs."""
    courses, totals = courses_of(watched.looks), totals_of(watched.looks)
    found = verdict_of(watched)
    console.print()
    print_columns(
        console,
        (">at most", ">worst", ">last", ">looks out", ">alarms", "figure"),
        [
            (
                bound(one.name, one.bound),
                value(one.name, one.worst),
                value(one.name, one.last.found),
                f"{one.bad:,}",
                f"{len(one.alarms):,}",
                called(one.name, one.of),
            )
            for one in courses
        ],
    )
    console.print()
    for one in courses:
        for begin, end in one.alarms:
            until = f"until {told(end)}, {length(end - begin)}" if end is not None else "and still is"
            console.print(f"  alarm: {called(one.name, one.of)} from {told(begin)} {until}", soft_wrap=True)
    said = summary(watched, totals, courses)
    verdict = (str(found.verdict), _VERDICTS[found.verdict])
    console.print(Text.assemble(verdict, f"  {watched.began.target}: {said}"), soft_wrap=True)
    if found.reason:
        console.print(f"  {found.reason}", soft_wrap=True)
    if report is not None:
        console.print(f"report  {report}", soft_wrap=True)


def _short(moment: str) -> str:
    found = instant(moment)
    return f"{found:%H:%M:%S}Z" if found is not None else moment

"""What `greenroom logs` prints: lines that somebody has to look at, the hours, the figures, and the verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rich.text import Text

from greenroom.cli.columns import print_columns
from greenroom.core.console import Console
from greenroom.core.moments import told
from greenroom.core.verdict import RunVerdict
from greenroom.core.wording import plural
from greenroom.reporting.logs_json import FigureSeen, HourSeen, LinePlace, LogsFile, PairSeen

_HOURS = 24
_STYLE = {
    RunVerdict.CONFORMANT: "bold green",
    RunVerdict.NOT_CONFORMANT: "bold red",
    RunVerdict.COULD_NOT_TELL: "bold yellow",
}
_FIGURES = {
    "conflict_rate": "409s of an hour's Go Lives",
    "stuck_rooms": "conflicts that no forced reset followed",
    "unlisted_sessions": "sessions created and not synced to the listing",
    "fallback_ends": "rooms ended by the page's fallback",
    "rooms_provisioned": "permanent rooms provisioned: more than one of a person is a duplicate",
}


def render(console: Console, logs: LogsFile) -> None:
    """Print it. Lines are never broken."""
    _places(
        console,
        f"not followed by a forced reset within {logs.resets.within:g} s",
        logs.resets.places,
        logs.resets.alone,
    )
    _places(console, f"not followed by a sync within {logs.syncs.within:g} s", logs.syncs.places, logs.syncs.alone)
    _places(console, "ended by the fallback", logs.fallback_ends.places, logs.fallback_ends.count)
    _places(console, "provisioned a permanent room", logs.rooms_provisioned.places, logs.rooms_provisioned.count)
    _hours(console, logs.hours)
    print_columns(
        console,
        (">found", ">at most", "", "figure"),
        [(_found(one), _bound(one), _holds(one), _sentence(one)) for one in logs.figures],
    )
    console.print()
    _pairs(console, logs)
    _verdict(console, logs)


def _places(console: Console, what: str, places: Sequence[LinePlace], count: int) -> None:
    if not count:
        return
    console.print(Text(f"{plural(count, 'line')} {what}", style="bold"), soft_wrap=True)
    for place in places:
        console.print(Text(f"  {place.file}:{place.line}: {place.text.strip()}"), soft_wrap=True)
    if count > len(places):
        console.print(f"  … and {count - len(places):,} more: --rows", soft_wrap=True)
    console.print()


def _hours(console: Console, hours: Sequence[HourSeen]) -> None:
    shown = [hour for hour in hours if not _is_quiet(hour)] if len(hours) > _HOURS else list(hours)
    if not shown:
        return
    head = ("hour (UTC)", ">created", ">409s", ">rate", ">unreset", ">unsynced", ">fallbacks", ">provisioned", "")
    print_columns(console, head, map(_row, shown[-_HOURS:]))
    if left := len(hours) - len(shown[-_HOURS:]):
        rest = " before" if len(shown) > _HOURS else ", in which nothing was out of bounds"
        console.print(f"  … and {plural(left, 'hour')}{rest}: --json shows all", soft_wrap=True)
    console.print()


def _row(hour: HourSeen) -> tuple[str, ...]:
    rate = "-" if hour.conflict_rate is None else f"{hour.conflict_rate:.1%}"
    numbers = (hour.unreset, hour.unsynced, hour.fallback_ends, hour.rooms_provisioned)
    mark = "" if hour.holds else "too many 409s"
    counted = (f"{hour.sessions_created:,}", f"{hour.conflicts:,}", rate, *(f"{number:,}" for number in numbers))
    return (hour.hour[:16].replace("T", " "), *counted, mark)


def _is_quiet(hour: HourSeen) -> bool:
    return hour.holds and not hour.unreset and not hour.unsynced


def _found(one: FigureSeen) -> str:
    return "-" if one.found is None else _number(one, one.found)


def _bound(one: FigureSeen) -> str:
    return "any" if one.bound is None else _number(one, one.bound)


def _number(one: FigureSeen, number: float) -> str:
    return f"{number:.1%}" if one.name == "conflict_rate" else f"{number:,.0f}"


def _holds(one: FigureSeen) -> str:
    return "" if one.bound is None else {True: "ok", False: "out of bounds", None: "can't tell"}[one.holds]


def _sentence(one: FigureSeen) -> str:
    return f"{_FIGURES[one.name]}{f' ({one.note})' if one.note else ''}"


def _pairs(console: Console, logs: LogsFile) -> None:
    resets, syncs = logs.resets, logs.syncs
    lone_resets = f", {plural(resets.out_of_place, 'forced reset')} without a conflict" if resets.out_of_place else ""
    lone_syncs = f", {plural(syncs.out_of_place, 'sync')} without a session" if syncs.out_of_place else ""
    console.print(
        f"  {plural(resets.begun, 'conflict')}, {resets.followed:,} followed by a forced reset"
        f"{_undecided(resets)}{lone_resets}",
        soft_wrap=True,
    )
    console.print(
        f"  {plural(syncs.begun, 'session created', 'sessions created')}, {syncs.followed:,} synced"
        f"{_undecided(syncs)}{lone_syncs}",
        soft_wrap=True,
    )
    if logs.untimed:
        left_out = "do not count" if logs.since else "are in no hour"
        console.print(f"  {plural(logs.untimed, 'line')} without a time {left_out}", soft_wrap=True)


def _undecided(pair: PairSeen) -> str:
    return f", {pair.undecided:,} still waiting when the log ended" if pair.undecided else ""


def _verdict(console: Console, logs: LogsFile) -> None:
    style = _STYLE[RunVerdict(logs.verdict)]
    out = [one.name for one in logs.figures if one.holds is False]
    said = f"  {', '.join(out)} out of bounds" if out else ""
    if logs.verdict is RunVerdict.COULD_NOT_TELL:
        unclear = [one.note for one in logs.figures if one.holds is None]
        said = f"  {unclear[0] if unclear else 'none of the lines of [logs] is there'}"
    when = f", {_moment(logs.first)} to {_moment(logs.last)}" if logs.first and logs.last else ""
    console.print(
        Text.assemble((str(logs.verdict), style), f"{said}: {logs.target}, {plural(logs.lines, 'line')}{when}"),
        soft_wrap=True,
    )


def _moment(text: str) -> str:
    return told(dt.datetime.fromisoformat(text))

"""A captured room as a feature file: one scenario that shows the trouble, and one in which the host goes live."""

from __future__ import annotations

import datetime as dt

from greenroom import __version__
from greenroom.scenario.captured.look import HOST, Captured
from greenroom.scenario.captured.moments import in_words
from greenroom.scenario.captured.table import HEAD, RoomLine


def feature_text(found: Captured, target: str) -> str:
    """The text. Nothing in it is of the room: no id, no name, no title."""
    table = [list(HEAD), *(_cells(line, found.at) for line in found.lines)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    rows = [
        "      | " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in table
    ]
    day = found.at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
    promises = list(dict.fromkeys(one.invariant.promise for one in found.offended))
    lines = [f"# Captured by greenroom {__version__} from {target}, {day}. Ids, names and titles are not its own."]
    lines += [f"# It offended {one.invariant.promise}: {one.invariant.sentence}." for one in found.offended]
    lines += [] if found.offended else ["# It offended nothing: what was wrong with it can't be told by its rows."]
    lines += [f"# {remark[0].upper()}{remark[1:]}." for remark in found.remarks]
    lines += [
        "@captured",
        "Feature: A room that was seen in trouble",
        "  The first scenario shows what was wrong. Put what is to mend it between its Given and its Then.",
        "",
        *([f"  {' '.join(f'@{promise}' for promise in promises)}"] if promises else []),
        "  Scenario: the room as it was found",
        f"    Given {HOST}'s room is as captured",
        *rows,
        f"    Then nothing is wrong with {HOST}'s room",
        "",
        f"  {_GOES_LIVE[0]}",
        "  Scenario: the host goes live from it",
        f"    Given {HOST}'s room is as captured",
        *rows,
        *(f"    {step}" for step in _GOES_LIVE[1:]),
    ]
    return "\n".join(lines) + "\n"


_GOES_LIVE = (
    "@R1 @browser",
    f"When {HOST} goes live in the browser",
    f"Then {HOST} is live with exactly one open session",
)


def _cells(line: RoomLine, now: dt.datetime) -> list[str]:
    times = [in_words(moment, now) if moment else "" for moment in (line.began, line.ended)]
    return [line.what, line.status, line.session, line.who, *times]

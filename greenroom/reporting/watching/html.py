"""`report.html` of a watch: one file that needs nothing but itself, in the form of the other reports."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from greenroom.core.moments import length, told
from greenroom.core.verdict import Exit, RunVerdict
from greenroom.record.series import Look
from greenroom.record.series_file import Watched
from greenroom.record.times import instant
from greenroom.reporting.html_templates import assets, environment
from greenroom.reporting.watching import words
from greenroom.reporting.watching.chart import Chart, chart_of
from greenroom.reporting.watching.history import Course, Totals, courses_of, totals_of, verdict_of
from greenroom.reporting.watching.summary import lasted, summary, told_span

_STYLES = ("base.css", "top.css", "watch.css", "print.css")
_SHOWN_LOOKS = 40
LOOK = {
    "good": ("passed", "✓"),
    "out of bounds": ("failed", "✕"),
    "could not tell": ("inconclusive", "?"),
    "maintenance": ("not-applicable", "–"),
}
"""What a look comes to -> the verdict whose colours it has, and its mark."""
_TOP = {
    Exit.CONFORMANT: ("conformant", "✓", "Nothing that was watched became an alarm."),
    Exit.NOT_CONFORMANT: (
        "not-conformant",
        "✕",
        "At least one figure was out of bounds for as long as an alarm takes.",
    ),
    Exit.COULD_NOT_TELL: ("could-not-tell", "?", "There was no alarm, and not all could be told."),
}

Moments = Sequence[tuple[dt.datetime, Look]]
"""Every look with its moment, read once: there may be many thousands."""


@dataclass(frozen=True)
class AlarmOnPage:
    """One alarm, from when to when, with the rows of the look that told it."""

    course: Course
    called: str
    begin: str
    end: str
    lasted: str
    since: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class FigureOnPage:
    """One figure with its chart, and the table below it."""

    course: Course
    called: str
    anchor: str
    chart: Chart
    state: str
    """The verdict whose colours it has."""
    cells: tuple[tuple[str, str], ...]
    top: str
    still: bool
    """Whether it is about the errors of an operation that had none."""


@dataclass(frozen=True)
class WatchPage:
    """All that the page shows, but for the files."""

    watched: Watched
    totals: Totals
    verdict: RunVerdict
    tone: str
    sign: str
    says: str
    reason: str
    summary: str
    alarms: tuple[AlarmOnPage, ...]
    figures: tuple[FigureOnPage, ...]
    times: tuple[str, str, str]
    begin: str
    end: str
    lasted: str
    every: str
    unclear: tuple[tuple[str, str], ...]
    more_unclear: int


def write_report(watched: Watched, out: Path) -> None:
    """Write the page to the file. Raises OSError when it can't be written."""
    template = environment().get_template("watch.html.j2")
    text = template.render(page=page_of(watched), look=LOOK, **assets(_STYLES, ()))
    fresh = out.with_name(f".{out.name}")
    fresh.write_text(text, encoding="utf-8", errors="replace")
    fresh.replace(out)


def page_of(watched: Watched) -> WatchPage:
    """The page of a watch that has looked at least once."""
    looks, totals, courses = watched.looks, totals_of(watched.looks), courses_of(watched.looks)
    found = verdict_of(watched)
    begin = _moment(watched.began.at)
    end = _moment(watched.ended.at if watched.ended is not None else looks[-1].at)
    tone, sign, says = _TOP[found.exit]
    moments = [(_moment(look.at), look) for look in looks]
    unclear = [(told(at), " · ".join(look.could_not_tell)) for at, look in moments if look.could_not_tell]
    usual = watched.began.every or _usual(moments)
    return WatchPage(
        watched=watched,
        totals=totals,
        verdict=found.verdict,
        reason=found.reason,
        tone=tone,
        sign=sign,
        says=says,
        summary=summary(watched, totals, courses),
        alarms=tuple(_alarms(courses, moments)),
        figures=tuple(_figure(one, moments, begin, end, usual) for one in courses),
        times=(_clock(begin, end, begin), _clock(begin, end, begin + (end - begin) / 2), _clock(begin, end, end)),
        begin=told(begin),
        end=told(end),
        lasted=told_span(lasted(watched)),
        every=length(dt.timedelta(seconds=usual)) if usual else "as it is called",
        unclear=tuple(unclear[-_SHOWN_LOOKS:]),
        more_unclear=max(len(unclear) - _SHOWN_LOOKS, 0),
    )


def _figure(course: Course, moments: Moments, begin: dt.datetime, end: dt.datetime, usual: float) -> FigureOnPage:
    known = {moment for moment, _ in course.points}
    quiet = [at for at, look in moments if look.maintenance]
    silent = [at for at, look in moments if at not in known and not look.maintenance]
    chart = chart_of(course, begin, end, usual, quiet, silent)
    state = "failed" if course.alarms else "flaky" if course.bad else "passed" if course.points else "inconclusive"
    return FigureOnPage(
        course=course,
        called=words.called(course.name, course.of),
        anchor=f"{course.name}-{course.of}".rstrip("-").replace("_", "-"),
        chart=chart,
        state="known-failure" if course.bound is None and course.points else state,
        cells=tuple(_cells(course)),
        top=words.value(course.name, chart.top),
        still=course.name == "operation_errors" and not course.worst,
    )


def _cells(course: Course) -> list[tuple[str, str]]:
    ordered = course.values
    p95 = ordered[max(math.ceil(0.95 * len(ordered)), 1) - 1] if ordered else None
    shown = [
        ("at most", words.bound(course.name, course.bound)),
        ("smallest", words.value(course.name, ordered[0] if ordered else None)),
        ("median", words.value(course.name, course.median)),
        ("p95", words.value(course.name, p95)),
        ("largest", words.value(course.name, course.worst)),
        ("last", words.value(course.name, course.last.found)),
    ]
    return [*shown, ("looks", f"{len(ordered):,}"), ("out", f"{course.bad:,}"), ("alarms", f"{len(course.alarms):,}")]


def _alarms(courses: Sequence[Course], moments: Moments) -> list[AlarmOnPage]:
    found = []
    by_moment = dict(moments)
    for course in courses:
        for begin, end in course.alarms:
            figures = by_moment[begin].figures
            figure = next(one for one in figures if (one.name, one.of) == (course.name, course.of))
            found.append(
                AlarmOnPage(
                    course=course,
                    called=words.beside_bound(figure),
                    begin=told(begin),
                    end=told(end) if end is not None else "",
                    lasted=length(end - begin) if end is not None else "",
                    since=told(_moment(figure.since)) if figure.since else "",
                    columns=(columns := tuple(dict.fromkeys(key for row in figure.rows for key in row))),
                    rows=tuple(tuple(_cell(key, row.get(key)) for key in columns) for row in figure.rows),
                )
            )
    return sorted(found, key=lambda one: one.begin)


def _cell(column: str, value: object) -> str:
    if value is None:
        return "-"
    moment = instant(str(value)) if column == "since" or column.endswith("_at") else None
    return told(moment) if moment is not None else str(value)


def _usual(moments: Moments) -> float:
    """The usual pause between two looks, in seconds."""
    pauses = [(after - before).total_seconds() for (before, _), (after, _) in itertools.pairwise(moments)]
    return statistics.median(pauses) if pauses else 0.0


def _clock(begin: dt.datetime, end: dt.datetime, moment: dt.datetime) -> str:
    """A moment below a chart, as exact as the chart is."""
    span = end - begin
    form = (
        "%H:%M:%S" if span < dt.timedelta(minutes=10) else "%H:%M" if span < dt.timedelta(hours=20) else "%d %b %H:%M"
    )
    return f"{moment:{form}}"


def _moment(text: str) -> dt.datetime:
    return instant(text) or dt.datetime.fromtimestamp(0, dt.UTC)

"""The report of a watch: no peak is lost, every chart has its table, and the sentence that a person signs."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.verdict import Exit
from greenroom.record.series import Look, Silence
from greenroom.reporting.watching.chart import chart_of
from greenroom.reporting.watching.history import courses_of, totals_of, verdict_of
from greenroom.reporting.watching.html import page_of, write_report
from greenroom.reporting.watching.summary import summary
from greenroom.reporting.watching.thinning import thinned
from tests.support.looks import BEGAN, LogSeen, LookSeen, audit, canary, looks_of, watched

GOOD = LookSeen(audit(), canary(), LogSeen(go_lives=1))


def said(looks: list[Look]) -> str:
    return summary(watched(looks), totals_of(looks), courses_of(looks))


def test_a_single_peak_among_2000_looks_survives(tmp_path: Path) -> None:
    seen = [LookSeen(audit())] * 2_000
    seen[1_234] = LookSeen(audit(stuck_rooms=37))
    one = watched(looks_of(seen))
    (course,) = [one for one in courses_of(one.looks) if one.name == "stuck_rooms"]
    (figure,) = [one for one in page_of(one).figures if one.course.name == "stuck_rooms"]
    x = f"{1_234 / 2_000 * 1_000:.1f}"
    drawn = [point for line in figure.chart.lines for point in line.split()]
    (peak,) = [point for point in drawn if not point.endswith(",100.0")]
    assert peak.split(",")[0] == x and len(drawn) <= 600
    assert figure.chart.dots == ((float(x), float(peak.split(",")[1]), True),)
    assert (course.worst, course.bad) == (37, 1)
    write_report(one, tmp_path / "report.html")
    assert 'points="0.0,100.0' in (text := (tmp_path / "report.html").read_text("utf-8")) and peak in text
    assert "2,000 looks (1 out of bounds), stuck rooms 37," in text


@given(st.lists(st.floats(0, 1_000), min_size=1, max_size=3_000), st.integers(4, 700))
def test_thinned_keeps_ends_and_extremes_in_their_order(values: list[float], most: int) -> None:
    points = list(enumerate(values))
    kept = thinned(points, most)
    assert len(kept) <= max(most, 4) and kept == sorted(set(kept))
    assert {points[0], points[-1]} <= set(kept)
    assert max(value for _, value in kept) == max(values) and min(value for _, value in kept) == min(values)


def test_a_day_is_signed_in_one_sentence() -> None:
    assert said(looks_of([GOOD] * 288)) == (
        "24 h, 288 looks, stuck rooms 0, open sessions without a room 0, falsely listed 0, not listed 0, "
        "listing delay 50 ms (p50) and 100 ms (p95), 409s 0 of 288 Go Lives, errors 0 of 1,440 operations, "
        "slowest 20 ms, 0 alarms"
    )


def test_what_was_not_good_is_in_the_sentence() -> None:
    looks = looks_of(
        [GOOD, LookSeen(audit(stuck_rooms=3)), LookSeen(audit(stuck_rooms=2)), LookSeen(could_not_tell=("audit: no",))]
    )
    assert said(looks).startswith("20 min, 4 looks (2 out of bounds, 1 could not tell), stuck rooms 3, ")
    assert said(looks).endswith(", 1 alarm")
    late = watched(looks)
    late.looks = looks[:3]
    assert "3 looks (2 out of bounds, 1 missed)" in summary(late, totals_of(late.looks), courses_of(late.looks))


SILENT = LookSeen(could_not_tell=("audit: nobody answers",))
BAD = LookSeen(audit(stuck_rooms=1))


@pytest.mark.parametrize(
    ("seen", "verdict", "reason"),
    [
        ([GOOD], Exit.CONFORMANT, ""),
        ([GOOD, BAD, GOOD, GOOD], Exit.CONFORMANT, ""),  # one miss
        ([GOOD, SILENT, GOOD], Exit.CONFORMANT, ""),
        ([GOOD, BAD, BAD, GOOD, GOOD], Exit.NOT_CONFORMANT, ""),  # it was an alarm
        ([SILENT] * 2, Exit.COULD_NOT_TELL, "no look could tell anything"),
        ([], Exit.COULD_NOT_TELL, "no look could tell anything"),
        ([GOOD, BAD], Exit.COULD_NOT_TELL, "it ended before it was known whether this is an alarm: stuck rooms"),
    ],
)
def test_the_verdict(seen: list[LookSeen], verdict: Exit, reason: str) -> None:
    found = verdict_of(watched(looks_of(seen)))
    assert (found.exit, found.reason) == (verdict, reason)


def test_a_silence_that_lasted_is_in_the_verdict() -> None:
    looks = looks_of([GOOD] * 3)
    looks[1] = looks[1].model_copy(update={"silence": Silence(lasting=True)})
    assert verdict_of(watched(looks)).reason == "for a while not all could be told"


def test_every_chart_has_a_table_and_nothing_is_fetched(tmp_path: Path) -> None:
    seen = [
        GOOD,
        LookSeen(audit(stuck_rooms=12), canary()),
        LookSeen(audit(stuck_rooms=12), canary(join="broke")),
        GOOD,
    ]
    write_report(watched(looks_of(seen)), tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text("utf-8")
    assert text.count("<svg ") == text.count('<table class="cells">') == 18
    assert not re.search(r"(?:src|href)=[\"'](?!#)", text) and "url(" not in text and "<script" not in text
    assert "default-src 'none'" in text
    assert "room-3</td>" in text and "To sign" in text
    assert text.count(">5 operations without an error") == 0 and "4 operations without an error at any look" in text


def test_a_watch_that_is_not_over_says_so(tmp_path: Path) -> None:
    write_report(watched(looks_of([GOOD]), ended=False), tmp_path / "report.html")
    assert "This watch is not over" in (tmp_path / "report.html").read_text("utf-8")


def test_text_of_the_target_is_text(tmp_path: Path) -> None:
    seen = LookSeen(audit(), None, None, ("audit: <script>alert(1)</script>",))
    write_report(watched(looks_of([seen])), tmp_path / "report.html")
    assert "&lt;script&gt;alert(1)" in (tmp_path / "report.html").read_text("utf-8")


@pytest.mark.parametrize(("looks", "lines"), [((0, 1, 2, 30, 31), 2), ((0, 1, 2, 3), 1), ((0, 30), 0)])
def test_no_line_is_drawn_over_a_gap(looks: tuple[int, ...], lines: int) -> None:
    found = looks_of([LookSeen(audit())] * 32)
    (course, *_) = courses_of([found[number] for number in looks])
    end = BEGAN + dt.timedelta(seconds=32 * 300)
    chart = chart_of(course, BEGAN, end, 300, [], [])
    assert len(chart.lines) == lines
    assert len(chart.dots) == (2 if lines == 0 else 0), "what stands alone is a dot"

"""From what looks saw to figures: what is out of bounds, since when it is an alarm, and what only seemed so."""

from __future__ import annotations

import itertools

import pytest

from greenroom.claims.watching.changes import changes
from greenroom.claims.watching.window import percentile
from greenroom.record.series import Look, WatchedFigure
from greenroom.targetfile.watch import WATCHED, Watch
from tests.support.looks import LogSeen, LookSeen, audit, canary, looks_of

GOOD = LookSeen(audit(), canary(), LogSeen(go_lives=1))


def figure(look: Look, name: str, of: str = "") -> WatchedFigure:
    (found,) = [one for one in look.figures if (one.name, one.of) == (name, of)]
    return found


def judgements(looks: list[Look], name: str, of: str = "") -> str:
    return "".join({"good": ".", "bad": "!", "unknown": "?"}[figure(look, name, of).judged] for look in looks)


def test_every_watched_figure_is_told() -> None:
    (look,) = looks_of([GOOD])
    assert list(dict.fromkeys(one.name for one in look.figures)) == list(WATCHED)
    assert not look.out and not look.alarms
    assert [one.of for one in look.figures if one.name == "operation_seconds"] == [
        "people", "go_live", "join", "end", "clean_up",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["stuck_rooms", "orphaned_sessions", "falsely_listed", "unlisted_sessions"])
def test_rows_are_out_of_bounds_at_once_and_an_alarm_at_the_second_look(name: str) -> None:
    bad = LookSeen(audit(**{name: 3}), canary())
    looks = looks_of([GOOD, bad, bad, GOOD, GOOD])
    assert judgements(looks, name) == ".!!.."
    assert [figure(look, name).alarm for look in looks] == [False, False, True, True, False]
    first = figure(looks[1], name)
    assert (first.found, first.since, len(first.rows)) == (3, "2026-02-15T07:43:16Z", 3)
    kinds = [[change.kind for change in changes(a.figures, b.figures)] for a, b in itertools.pairwise(looks)]
    assert kinds == [["out of bounds"], ["alarm"], [], ["recovered"]]


def test_what_is_only_told_is_never_out_of_bounds() -> None:
    (look,) = looks_of([LookSeen(audit(broken_invariants=7))])
    assert (figure(look, "broken_invariants").found, figure(look, "broken_invariants").judged) == (7, "unknown")
    (look,) = looks_of([LookSeen(audit(broken_invariants=7))], Watch(broken_invariants=5))
    assert figure(look, "broken_invariants").judged == "bad"


def test_a_figure_that_could_not_be_told_keeps_its_alarm() -> None:
    bad = LookSeen(audit(stuck_rooms=1))
    looks = looks_of([bad, bad, LookSeen(could_not_tell=("audit: nobody answers",)), bad])
    assert judgements(looks, "stuck_rooms") == "!!?!"
    assert [figure(look, "stuck_rooms").alarm for look in looks] == [False, True, True, True]
    assert figure(looks[2], "stuck_rooms").found is None


def test_one_slow_listing_is_a_part_of_an_hour_and_bad_only_once() -> None:
    slow = LookSeen(audit(), canary(listed=9.0))
    looks = looks_of([GOOD, slow, *[GOOD] * 6])
    assert judgements(looks, "listing_delay_p95") == ".!......"
    assert [figure(look, "listing_delay_p95").found for look in looks[1:4]] == [9.0, 9.0, 9.0]
    assert not any(look.alarms for look in looks)


def test_a_listing_that_is_slow_again_and_again_is_an_alarm() -> None:
    slow = LookSeen(audit(), canary(listed=9.0, gone=9.0))
    looks = looks_of([slow, slow])
    assert {one.name for one in looks[-1].alarms} == {"listing_delay_p50", "listing_delay_p95"}


def test_conflicts_are_counted_over_an_hour_and_one_of_them_is_let_pass() -> None:
    one, storm = (LookSeen(audit(), canary(), LogSeen(go_lives=1 + n, conflicts=n)) for n in (1, 8))
    looks = looks_of([GOOD, one, GOOD, storm, storm, GOOD, GOOD])
    assert judgements(looks, "conflict_rate") == "...!!.."
    assert [bool(look.alarms) for look in looks] == [False, False, False, False, True, True, False]
    assert figure(looks[3], "conflict_rate").found == pytest.approx(9 / 13)


def test_without_a_log_the_conflicts_are_those_of_the_canary() -> None:
    refused = LookSeen(audit(), canary(go_live="conflict"))
    looks = looks_of([refused, refused, refused])
    assert judgements(looks, "conflict_rate") == ".!!"
    assert judgements(looks, "operation_errors", "go_live") == "...", "a conflict is no error"


def test_a_log_that_cannot_be_read_tells_nothing_of_conflicts() -> None:
    looks = looks_of([LookSeen(audit(), None, LogSeen(could_not_tell="gone"))])
    assert judgements(looks, "conflict_rate") == "?"


def test_an_operation_that_goes_wrong_is_told_with_what_it_said() -> None:
    broken = LookSeen(audit(), canary(join="broke"))
    looks = looks_of([GOOD, broken, broken, GOOD])
    assert judgements(looks, "operation_errors", "join") == ".!!."
    seen = figure(looks[2], "operation_errors", "join")
    assert seen.alarm and seen.found == pytest.approx(2 / 3)
    assert seen.rows == [{"operation": "join", "status": 200, "said": "answered otherwise"}]
    assert judgements(looks, "operation_errors", "end") == "...."


def test_a_slow_operation() -> None:
    looks = looks_of([LookSeen(audit(), canary(seconds=6.0))] * 2, Watch(minutes=0, operation_seconds=5.5))
    assert {(one.name, one.of) for one in looks[1].alarms} == {
        ("operation_seconds", name) for name in ("people", "go_live", "join", "end", "clean_up")
    }


def test_in_maintenance_all_is_told_and_nothing_judged() -> None:
    from greenroom.claims.watching.figures import judged

    figures = judged(LookSeen(audit(stuck_rooms=4), canary()), Watch(), 0.0, maintenance=True)
    assert {one.judged for one in figures} == {"unknown"}
    assert figures[0].found == 4 and figures[0].rows


def test_percentiles() -> None:
    assert [percentile([1, 2, 3, 4], share) for share in (0.5, 0.95, 0.0, 1.0)] == [2, 4, 1, 4]
    assert percentile([], 0.5) is None

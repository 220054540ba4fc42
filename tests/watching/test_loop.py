"""The watch by a clock that a test turns: when it looks, what it writes, how it goes on, how it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from greenroom.claims.watching.changes import AlarmChange
from greenroom.record.series import Look
from greenroom.record.series_file import read_series, writing
from greenroom.scenario.watching.look import Looker, written
from greenroom.scenario.watching.watch import Clock, WatchPlan, begun, goes_on_with, look_once, watch
from tests.support.looks import BEGAN, LookSeen, audit, looks_of


class Turned(Clock):
    """A clock that is where a wait ends at once."""

    def __init__(self, at: dt.datetime = BEGAN) -> None:
        self.at = at

    def now(self) -> dt.datetime:
        return self.at

    def wait_until(self, moment: float) -> None:
        self.at = max(self.at, dt.datetime.fromtimestamp(moment, dt.UTC))


@dataclass
class Scripted:
    """A looker that sees what it is told, each look taking some seconds; then somebody presses Ctrl-C, if so."""

    clock: Turned
    takes: float = 2.0
    interrupted_after: int = 10**9
    looked: list[dt.datetime] = field(default_factory=list)
    told: list[tuple[Look, Sequence[AlarmChange]]] = field(default_factory=list)

    def look(self, at: dt.datetime, earlier: Sequence[Look], tell: Callable[[str], object]) -> Look:
        if len(self.looked) >= self.interrupted_after:
            raise KeyboardInterrupt
        self.looked.append(at)
        self.clock.at += dt.timedelta(seconds=self.takes)
        (look,) = looks_of([LookSeen(audit())])
        return look.model_copy(update={"at": written(at)})

    def in_window(self, looks: Sequence[Look], at: dt.datetime) -> list[Look]:
        return list(looks)[-12:]


@dataclass
class _Listener:
    scripted: Scripted

    def doing(self, what: str) -> None:
        """Nobody reads it."""

    def looked(self, look: Look, changed: Sequence[AlarmChange]) -> None:
        self.scripted.told.append((look, changed))


def run(path: Path, scripted: Scripted, plan: WatchPlan) -> None:
    with writing(path, "staging") as writer:
        one = begun(writer, plan, "staging", "", scripted.clock)
        watch(cast(Looker, scripted), writer, one, plan, _Listener(scripted), scripted.clock)


def offsets(scripted: Scripted) -> list[float]:
    return [(at - BEGAN).total_seconds() for at in scripted.looked]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "series.jsonl"


def test_it_looks_288_times_in_a_day_and_ends_when_the_day_is_over(path: Path) -> None:
    scripted = Scripted(Turned())
    run(path, scripted, WatchPlan(300, 86_400))
    assert offsets(scripted) == [300.0 * number for number in range(288)]
    (one,) = read_series(path).watches
    assert len(one.looks) == 288 and one.ended is not None
    assert (one.ended.at, one.ended.why) == ("2026-02-16T12:00:00.000Z", "its time was over")
    assert len(scripted.told) == 288


def test_looks_that_take_longer_than_the_pause_leave_turns_out(path: Path) -> None:
    scripted = Scripted(Turned(), takes=130)
    run(path, scripted, WatchPlan(60, 600))
    assert offsets(scripted) == [0, 130, 260, 390, 520]


def test_ctrl_c_ends_it_properly(path: Path) -> None:
    scripted = Scripted(Turned(), interrupted_after=3)
    run(path, scripted, WatchPlan(60))
    (one,) = read_series(path).watches
    assert len(one.looks) == 3 and one.ended is not None and one.ended.why == "it was ended"
    run(path, Scripted(Turned(), interrupted_after=1), WatchPlan(60))
    assert [len(one.looks) for one in read_series(path).watches] == [3, 1], "what was ended is not gone on with"


def killed(path: Path, looks: int, plan: WatchPlan) -> Turned:
    """A watch that was killed after so many looks, and the clock of that moment."""
    run(path, scripted := Scripted(Turned(), interrupted_after=looks), plan)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    return scripted.clock


def test_a_killed_watch_is_gone_on_with_to_its_own_end(path: Path) -> None:
    plan = WatchPlan(60, 600)
    clock = killed(path, 3, plan)
    clock.at += dt.timedelta(seconds=100)
    scripted = Scripted(clock)
    run(path, scripted, plan)
    assert offsets(scripted) == [280, 300, 360, 420, 480, 540], "at once, then when they are due"
    (one,) = read_series(path).watches
    assert len(one.looks) == 3 + 6 and len(one.resumed) == 1
    assert one.ended is not None and one.ended.at == "2026-02-15T12:10:00.000Z"


def test_a_killed_watch_whose_time_is_over_is_only_ended(path: Path) -> None:
    plan = WatchPlan(60, 600)
    clock = killed(path, 3, plan)
    clock.at += dt.timedelta(hours=3)
    scripted = Scripted(clock)
    run(path, scripted, plan)
    assert scripted.looked == []
    (one,) = read_series(path).watches
    assert one.ended is not None and len(one.looks) == 3


def test_looks_of_cron_and_a_watch_do_not_go_on_with_each_other(path: Path) -> None:
    once = WatchPlan(0.0)
    for _ in range(3):
        with writing(path, "staging") as writer:
            clock = Turned()
            one = goes_on_with(writer.series, once) or begun(writer, once, "staging", "", clock)
            scripted = Scripted(clock)
            look_once(cast(Looker, scripted), writer, one, _Listener(scripted), clock)
    assert [len(one.looks) for one in read_series(path).watches] == [3]
    run(path, Scripted(Turned()), WatchPlan(60, 120))
    assert [len(one.looks) for one in read_series(path).watches] == [3, 2]
    with writing(path, "staging") as writer:
        assert goes_on_with(writer.series, once) is None

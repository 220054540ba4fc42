"""Tries trouble after trouble, on the correct reference and on one with the bugs, several at once."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.trust.judge import faults
from tests.trust.lane import Lane, Loop
from tests.trust.one_run import carry_out
from tests.trust.scenarios import SCENARIOS
from tests.trust.seen import RED, Ran
from tests.trust.trouble import Trouble

BUGS = tuple(one.bug for one in SCENARIOS.values())


@dataclass(frozen=True, slots=True)
class Tried:
    """A trouble, its run without a bug and its run with them, and what was wrong with each."""

    trouble: Trouble
    correct: Ran
    planted: Ran
    faults: tuple[str, ...]

    @property
    def seconds(self) -> float:
        """What both took."""
        return self.correct.seconds + self.planted.seconds


@dataclass(frozen=True, slots=True)
class Calm:
    """The runs without any trouble: `faults` is what was wrong with them. If anything was, no trouble can be judged."""

    faults: tuple[str, ...]
    seconds: float


class Campaign:
    """Works in the folder `work`, with so many pairs of references at once."""

    def __init__(self, work: Path, pairs: int) -> None:
        self._work, self._pairs = work, pairs
        self._numbers = itertools.count(1)
        self._waiting: dict[bool, queue.SimpleQueue[Trouble]] = {}
        self._done: queue.SimpleQueue[tuple[bool, Trouble, Ran] | BaseException] = queue.SimpleQueue()
        self._stopped = threading.Event()

    def run(self, troubles: Sequence[Trouble]) -> Generator[Calm | Tried, None, None]:
        """What was seen, as it is. Without trouble first: once that is not right, nothing more is tried."""
        with ExitStack() as stack:
            loop = Loop()
            stack.callback(loop.close)
            lanes: list[Lane] = []
            for number in range(self._pairs):
                for name, bugs in ((f"correct-{number}", ()), (f"planted-{number}", BUGS)):
                    lanes.append(stack.enter_context(Lane(self._work / "lanes", name, bugs, loop)))
            calm = self._calm(lanes)
            yield calm
            if not calm.faults:
                yield from self._tried(troubles, lanes, stack)

    def _calm(self, lanes: Sequence[Lane]) -> Calm:
        """Without trouble all scenarios pass; and on the reference with the bugs each is red."""
        wrong: list[str] = []
        seconds = 0.0
        for lane in lanes[:2]:
            ran = carry_out(lane, None, tuple(SCENARIOS), self._reports("calm", lane))
            due = RED if lane.bugs else ("passed",)
            bad = [f"{key}: {seen.words}" for key, seen in ran.scenarios.items() if seen.verdict not in due]
            wrong += [f"{lane.name}: {one}" for one in bad]
            seconds += ran.seconds
        return Calm(tuple(wrong), seconds)

    def _tried(self, troubles: Sequence[Trouble], lanes: Sequence[Lane], stack: ExitStack) -> Generator[Tried]:
        for planted in (False, True):
            self._waiting[planted] = queue.SimpleQueue()
            for trouble in troubles:
                self._waiting[planted].put(trouble)
        workers = [threading.Thread(target=self._work_off, args=(lane,)) for lane in lanes]
        for worker in workers:
            worker.start()
        for worker in workers:
            stack.callback(worker.join)
        stack.callback(self._stopped.set)
        halves: dict[tuple[int, bool], list[Ran]] = {}
        for _ in range(2 * len(troubles)):
            result = self._done.get()
            if isinstance(result, BaseException):
                raise result
            planted, trouble, ran = result
            waiting = halves.setdefault((id(trouble), not planted), [])
            if waiting:
                other = waiting.pop()
                yield _tried(trouble, other if planted else ran, ran if planted else other)
            else:
                halves.setdefault((id(trouble), planted), []).append(ran)

    def _work_off(self, lane: Lane) -> None:
        planted = bool(lane.bugs)
        try:
            while not self._stopped.is_set():
                trouble = self._waiting[planted].get_nowait()
                ran = carry_out(lane, trouble, trouble.scenarios, self._reports(trouble.name, lane))
                self._done.put((planted, trouble, ran))
        except queue.Empty:
            pass
        except BaseException as error:
            self._done.put(error)

    def _reports(self, name: str, lane: Lane) -> Path:
        return self._work / "reports" / f"{name.replace('/', '-')}-{lane.name}-{next(self._numbers)}"


def _tried(trouble: Trouble, correct: Ran, planted: Ran) -> Tried:
    wrong = [f"no bug: {one}" for one in faults(trouble, correct, planted=False)]
    wrong += [f"bugs: {one}" for one in faults(trouble, planted, planted=True)]
    return Tried(trouble, correct, planted, tuple(wrong))

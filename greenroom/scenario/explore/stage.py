"""Carries steps out in a world of their own: new or leased people, own rooms, all removed when the curtain falls."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from greenroom.claims.invariants import Violation
from greenroom.claims.wrong_rows import offended
from greenroom.core.deadlines import eventually
from greenroom.core.errors import OffendedInvariant
from greenroom.core.verdict import Verdict
from greenroom.record.evidence import Evidence, OpenStep
from greenroom.scenario.explore.act import THEN, WHEN, SaidStep
from greenroom.scenario.worker import Worker
from greenroom.scenario.world import World

_PATIENT = ("settle", "listing", "open_listing", "steady")
"""The deadlines until which something that is claimed may come true."""
_HARDLY = 0.2
"""Seconds that are waited for what was found wrong before."""
AFTER_NAME = ": "
"""What stands in the message of an offended invariant between its name and its sentence."""


class StepCaller(Protocol):
    """Whoever knows the vocabulary: carries out one step, and says how often somebody goes live in it."""

    def __call__(self, world: World, step: SaidStep) -> None:
        """Raises what the step raises, and BadFeature for a step that the vocabulary does not have."""

    def go_lives(self, step: SaidStep) -> int:
        """How often somebody goes live in the step."""


class Pace:
    """The declared limit of Go Lives: waits until the next ones are allowed. `now` and `wait` are for tests."""

    def __init__(
        self, go_lives: int, window: float, *, now: Callable[[], float] = time.monotonic,
        wait: Callable[[Callable[[], bool], float], object] = lambda free, seconds: eventually(free, bool, seconds),
    ) -> None:  # fmt: skip
        self._allowed, self._window, self._now, self._wait = go_lives, window, now, wait
        self._went: deque[float] = deque()

    def take(self, number: int) -> None:
        """So many Go Lives are about to be asked for."""
        if not number:
            return
        if self._allowed and len(self._went) + number > self._allowed:
            self._wait(lambda: self._free(number), self._window)
        self._went.extend([self._now()] * number)

    def _free(self, number: int) -> bool:
        while self._went and self._now() - self._went[0] >= self._window:
            self._went.popleft()
        return len(self._went) + number <= self._allowed or not self._went


class Stage:
    """Opens worlds one after the other on one worker, and carries steps out in them."""

    def __init__(self, worker: Worker, call: StepCaller) -> None:
        self.worker, self._call = worker, call
        self._pace = Pace(worker.target.limits.go_live, worker.target.limits.window)
        self._opened = 0

    @contextmanager
    def world(self, people: int) -> Iterator[Performance]:
        """A world for so many people with accounts; what was made in it is removed at the end."""
        self._opened += 1
        number = int(hashlib.sha256(f"{self.worker.seed} explore {self._opened}".encode()).hexdigest()[:8], 16)
        target = self.worker.target
        if target.people.source == "pool":
            self.worker.leases.reserve(min(people, len(target.people.pool)), target.deadlines.lease)
        self.worker.http.scenario = f"explore {self._opened}"
        mark = f"gr{self.worker.run[-4:]}{number % 16**6:06x}"
        world = World(self.worker, Evidence(self.worker.redactor.child()), mark, number, [])
        try:
            yield Performance(world, self._call, self._pace)
        finally:
            world.close()


class Performance:
    """Steps carried out in one world, each as a scenario's: see the plugin's hooks of pytest-bdd."""

    def __init__(self, world: World, call: StepCaller, pace: Pace) -> None:
        self.world, self._call, self._pace = world, call, pace
        self._before = ""

    def step(self, step: SaidStep) -> None:
        """Carry a step out. Raises what ends a scenario: BrokenPromise, Inconclusive, NotApplicable, BadFeature."""
        self._pace.take(self._call.go_lives(step))
        acting = step.type == WHEN and self._before != WHEN
        if acting and self._before == THEN:
            self.world.step_ended()  # what a Then waited for has changed meanwhile
        self.world.step_begins(acting=acting)
        self._before = step.type
        opened = OpenStep(step.type.title(), step.text, 0, type=step.type)
        self.world.evidence.begin(opened)
        try:
            self._call(self.world, step)
        except BaseException as error:
            opened.close(Verdict.FAILED)
            explained = self.world.explained(error)
            if explained is not error:
                raise explained from error
            raise
        opened.close(Verdict.PASSED)
        if step.type != THEN:
            self.world.step_ended()

    @contextmanager
    def impatient(self, really: bool = True) -> Iterator[None]:
        """What is expected in this block is hardly waited for."""
        usual = self.world.deadlines
        if really:
            self.world.deadlines = usual.model_copy(update=dict.fromkeys(_PATIENT, _HARDLY))
        try:
            yield
        finally:
            self.world.deadlines = usual

    def check_invariants(self) -> None:
        """The invariants hold for the rooms of this world. Raises OffendedInvariant, whose message begins with the name
        of the first that does not."""
        for offence in self.world.offences.ever()[:1]:
            error = OffendedInvariant(_words(offence), offence.invariant.promise, wrong=_wrong(offence))
            explained = self.world.explained(error)
            raise explained


def _wrong(offence: Violation) -> list[tuple[str, str]]:
    return list(dict.fromkeys(what for row in offence.rows for what in offended(offence.invariant.name, row)))


def _words(offence: Violation) -> str:
    return f"{offence.invariant.name}{AFTER_NAME}{offence.invariant.sentence}"

"""A stage without a target: steps are looked at by a function, which raises what a target would have caused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from greenroom.core.project import ROOT
from greenroom.scenario.explore.act import SaidStep
from greenroom.scenario.explore.repertoire import Repertoire, repertoire_of
from greenroom.scenario.explore.stage import Stage
from greenroom.targetfile.load import read_target
from greenroom.targetfile.model import Target

Look = Callable[[Sequence[SaidStep]], None]
"""Told all steps of a world so far, the last one just now."""


class FakePerformance:
    """Steps of one world."""

    def __init__(self, look: Look) -> None:
        self._look, self._steps = look, list[SaidStep]()

    def step(self, step: SaidStep) -> None:
        self._steps.append(step)
        self._look(self._steps)

    @contextmanager
    def impatient(self, really: bool = True) -> Iterator[None]:
        yield

    def check_invariants(self) -> None:
        pass


class FakeStage:
    """Counts the worlds that were opened."""

    def __init__(self, look: Look) -> None:
        self._look, self.worlds = look, 0

    @contextmanager
    def world(self, people: int) -> Iterator[FakePerformance]:
        self.worlds += 1
        yield FakePerformance(self._look)


def fake_stage(look: Look) -> Stage:
    """A stage for the explorer, which knows no better."""
    return cast(Stage, FakeStage(look))


def target_of(name: str, **changed: Any) -> Target:
    """The target of a folder as it is described, with changes."""
    target = read_target(str(ROOT / name), ROOT).resolve()
    return target.model_copy(update=changed)


def reference(**changed: Any) -> Repertoire:
    """What can be done on the reference."""
    return repertoire_of(target_of("targets/reference", **changed), lambda name: True)


def lantern() -> Repertoire:
    """What can be done on Lantern."""
    return repertoire_of(target_of("tests/lantern/target"), lambda name: True)


def pages_of_reference() -> Repertoire:
    """What can be done on the pages of the reference."""
    return repertoire_of(target_of("targets/reference"), lambda name: True, on_pages=True)


def pages_of_lantern() -> Repertoire:
    """What can be done on the pages of Lantern."""
    return repertoire_of(target_of("tests/lantern/target"), lambda name: True, on_pages=True)


REPERTOIRES = {
    "reference": reference,
    "lantern": lantern,
    "pages of the reference": pages_of_reference,
    "pages of Lantern": pages_of_lantern,
}

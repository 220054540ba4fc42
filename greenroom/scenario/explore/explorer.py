"""The loop: draws sequences, walks through them, and shrinks what is found to be wrong, until the time is over."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import takewhile

from greenroom.scenario.explore.act import Act
from greenroom.scenario.explore.generate import Drawing
from greenroom.scenario.explore.offence import Offence, settled
from greenroom.scenario.explore.repertoire import KINDS, Repertoire
from greenroom.scenario.explore.shrink import Case, fiercer, shrink
from greenroom.scenario.explore.stage import Stage
from greenroom.scenario.explore.walk import Walked, play, walk

SHRINK_SECONDS = 300.0
"""The longest that one finding is made smaller."""
_TRIES_OF_A_RACE = 4
"""So many replays a case has in which things meet."""
_SURELY = 3
"""In so many of them it shows surely."""
_LOOKED_INTO_AGAIN = 1
"""So many times more what was not shown again is looked into when it is met."""
_IN_A_ROW = 5
"""So many sequences in a row that could not be told, and nothing can; so many empty batches, and all was tried."""


@dataclass
class Travelled:
    """What was done so far: sequences, acts, the kinds of acts and the pairs of kinds that were reached, sequences that
    trouble of the environment ended, and those that ended at something that was found before."""

    sequences: int = 0
    acts: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    unclear: list[str] = field(default_factory=list)
    again: int = 0
    replays: int = 0
    began: float = field(default_factory=time.monotonic)
    lost: bool = False  # nothing could be told any more

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self.began

    def reach(self, former: str, act: Act) -> None:
        """An act was done after another."""
        self.acts += 1
        self.kinds[act.kind] += 1
        self.pairs.add((former, act.kind))


@dataclass(frozen=True)
class Suspicion:
    """What was found wrong, made small: the acts, and what is wrong after the last. `walked` were they at first, in
    which sequence of the seed."""

    acts: tuple[Act, ...]
    offence: Offence
    walked: tuple[Act, ...]
    sequence: int
    shown: bool = True  # it was shown again by its own acts as a scenario


@dataclass
class _Known:
    """What became known on the way: what is wrong and after which kind of act, how often each was not shown again, and
    what is no act for this target."""

    repertoire: Repertoire
    known: set[tuple[str, str]] = field(default_factory=set)
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)
    unfit: set[tuple[str, str]] = field(default_factory=set)
    unclear_in_a_row: int = 0


@dataclass(frozen=True)
class Explorer:
    """Explores one target. `enough` says when to stop; `tell` is called whenever something has been done."""

    stage: Stage
    repertoire: Repertoire
    seed: int
    enough: Callable[[Travelled], bool]
    tell: Callable[[Travelled, str], object]

    def explore(self, travelled: Travelled, report: Callable[[Suspicion], bool]) -> None:
        """Hand what is found to `report`, each as soon as it is small; it says whether it is a finding. What is none
        may be looked into once more. Raises MissingTool, and faults of ours."""
        so_far, drawing, empty = _Known(self.repertoire), Drawing(self.seed), 0
        while not self.enough(travelled) and empty < _IN_A_ROW:
            batch = drawing.batch(so_far.repertoire)
            empty = 0 if batch else empty + 1  # nothing new can be drawn any more
            for drawn in batch:
                if self.enough(travelled):
                    return
                walked = self._walk(drawn, so_far, travelled)
                if travelled.lost:
                    return
                if walked.offence is not None:
                    self._look_into(walked, walked.offence, so_far, travelled, report)

    def _walk(self, drawn: tuple[Act, ...], so_far: _Known, travelled: Travelled) -> Walked:
        """Walk through a sequence, up to the first act that is not for this target."""
        acts = tuple(takewhile(lambda act: (act.kind, act.word) not in so_far.unfit, drawn))
        travelled.sequences += 1
        walked = walk(self.stage, self.repertoire.rules, acts, so_far.known, partial(self._reached, travelled, []))
        so_far.unclear_in_a_row = so_far.unclear_in_a_row + 1 if walked.unclear else 0
        travelled.lost = so_far.unclear_in_a_row >= _IN_A_ROW
        if walked.unclear:
            travelled.unclear.append(walked.unclear)
        if walked.unfit and walked.done:
            so_far.unfit.add((walked.done[-1].kind, walked.done[-1].word))
            so_far.repertoire = so_far.repertoire.without(walked.done[-1])
        return walked

    def _look_into(
        self,
        walked: Walked,
        offence: Offence,
        so_far: _Known,
        travelled: Travelled,
        report: Callable[[Suspicion], bool],
    ) -> None:
        """Make small and report what is wrong, unless that is known."""
        sign = (offence.known_by, walked.done[-1].kind)
        if sign in so_far.known:
            travelled.again += 1
            return
        so_far.known.add(sign)
        found = self._smaller(Suspicion(walked.done, offence, walked.done, travelled.sequences), travelled)
        if report(found):
            so_far.known.add((found.offence.known_by, found.acts[-1].kind))
        elif so_far.lost[sign] < _LOOKED_INTO_AGAIN:
            so_far.lost[sign] += 1
            so_far.known.discard(sign)

    def _smaller(self, found: Suspicion, travelled: Travelled) -> Suspicion:
        """The suspicion made small. A race is kept at as many of its replays as it shows itself in, up to `_SURELY`."""
        until = time.monotonic() + SHRINK_SECONDS
        rules, acts, offence = self.repertoire.rules, found.acts, found.offence

        def times(acts: tuple[Act, ...], offence: Offence, enough: int, least: int = 1) -> int:
            """In how many replays it shows, until it has in `enough`, or can't in as many as `least` any more."""
            tries, shown = (_TRIES_OF_A_RACE if _races(acts) else 1), 0
            for number in range(tries):
                if shown >= enough or shown + tries - number < min(least, tries):
                    break
                travelled.replays += 1
                self.tell(travelled, "making it smaller")
                shown += play(self.stage, rules, acts, offence)
            return shown

        def surer(acts: tuple[Act, ...], offence: Offence, shown: int, enough: int) -> tuple[Case, int]:
            """Things made to meet more surely, where it shows in fewer replays than enough."""
            for other in fiercer(acts) if shown < enough and _races(acts) else ():
                named = settled(rules, other, offence)
                if named is not None and (more := times(other, named, enough, shown + 1)) > shown:
                    acts, offence, shown = other, named, more
            return (acts, offence), shown

        (acts, offence), surely = surer(acts, offence, times(acts, offence, _SURELY), _SURELY)
        if not surely:
            return replace(found, shown=False)
        acts, offence = shrink(
            acts,
            offence,
            sense=lambda acts, offence: settled(rules, acts, offence),
            shows=lambda acts, offence: times(acts, offence, surely, surely) >= (surely if _races(acts) else 1),
            over=lambda: time.monotonic() > until,
        )
        if _races(acts) and time.monotonic() < until:  # smaller may be more seldom
            shown = times(acts, offence, _TRIES_OF_A_RACE)
            (acts, offence), _ = surer(acts, offence, shown, _TRIES_OF_A_RACE)
        return replace(found, acts=acts, offence=offence)

    def _reached(self, travelled: Travelled, former: list[str], act: Act) -> None:
        travelled.reach(former[-1] if former else "", act)
        former.append(act.kind)
        self.tell(travelled, "")


def _races(acts: tuple[Act, ...]) -> bool:
    return any(KINDS[act.kind].race for act in acts)

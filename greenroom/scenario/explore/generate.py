"""Sequences of acts, drawn by Hypothesis from what is expected alone: the same seed gives the same sequences.

Nothing is done while they are drawn, so that neither the target nor the clock has a say in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from greenroom.core.errors import MissingTool
from greenroom.scenario.explore.act import Act, KindOfAct
from greenroom.scenario.explore.expected import Expected
from greenroom.scenario.explore.hosting import stays
from greenroom.scenario.explore.repertoire import KINDS, Repertoire

if TYPE_CHECKING:
    from hypothesis import strategies as st

_BITS = 64
"""Drawn for each sequence, one by one: of numbers, Hypothesis prefers those that stand in the modules that happen to be
imported, and the same seed would not give the same."""
BATCH = 10
"""So many sequences are drawn at once: Hypothesis wants a draw to depend on nothing that changes meanwhile."""
SHORTEST, LONGEST = 3, 14
_HALF, _SELDOM, _MOSTLY = 0.5, 0.06, 0.8
"""In how many sequences a kind of act is in the swarm: any, one that takes a second or more, one of the plainest."""
_PLAINEST = frozenset({"go live", "join", "leave", "end"})
"""What all else hangs on."""
_OFTEN = 3
"""So many times as often as others come acts after which things are expected to be otherwise, and what is refused."""
_WEIGHTS = dict.fromkeys(("join", "leave", "put out", "ban", "let in", "come to the lobby"), 6)
_WEIGHTS |= dict.fromkeys(("go live again", "go live from stuck", "be away", "end whatever is on"), 1)
_WEIGHTS |= dict.fromkeys(("odd title", "odd end", "odd number of people", "bring somebody in"), 1)
_WEIGHTS |= dict.fromkeys(("first visits", "first visits meet", "go live and end at once"), 1)
_WEIGHTS |= dict.fromkeys(("end, then go live, held", "go live, then end, held"), 1)
_WEIGHTS |= dict.fromkeys(("host comes as a guest", "host leaves as a guest"), 1)
_WEIGHTS |= dict.fromkeys(("end again", "stranger ends", "stranger cancels", "stranger acts"), _OFTEN)
"""What makes rooms differ comes more often: what is wrong shows where people are inside."""
_MOST = 6
"""So much more often comes what has not been drawn yet."""
_FINE = 12
"""Weights are whole numbers, of which so many make one."""
_LEVEL = 4
"""By so much at most a kind comes more often, or less, than the others, because it has been drawn less often, or more:
some make sense at nearly all times, others seldom."""
_FAR_APART = 1_000_003
"""Seeds of batches: those of one seed are none of another's."""
IDLE = frozenset(kind.name for kind in KINDS.values() if kind.then is stays)
"""Kinds of acts that are expected to change nothing."""


class Drawing:
    """Draws batch after batch. What has been drawn seldom is drawn more often: each kind of act after each other, and
    each way in which an act can be done."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._kinds: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._ways: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
        self._drawn: set[tuple[Act, ...]] = set()
        self._batches = 0

    def batch(self, repertoire: Repertoire) -> list[tuple[Act, ...]]:
        """The sequences of the next batch, none of which was in a batch before. Raises MissingTool where Hypothesis is
        not installed."""
        try:
            from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
            from hypothesis import strategies as st
        except ImportError:
            hint = "make setup, or: pip install 'hypothesis>=6.170,<7'"
            raise MissingTool("exploring needs Hypothesis, which is not installed", hint=hint) from None

        found: list[tuple[Act, ...]] = []

        @seed(self._seed * _FAR_APART + self._batches)
        @settings(
            phases=(Phase.reuse, Phase.generate), max_examples=BATCH, database=None, deadline=None, derandomize=False,
            suppress_health_check=list(HealthCheck), verbosity=Verbosity.quiet, print_blob=False,
        )  # fmt: skip
        @given(st.data())
        def draw(data: st.DataObject) -> None:
            bits = (data.draw(st.booleans()) for _ in range(_BITS))
            found.append(self._sequence(Random("".join(map(str, map(int, bits)))), repertoire))

        draw()
        self._batches += 1
        fresh = [one for one in dict.fromkeys(found) if len(one) >= SHORTEST and one not in self._drawn]
        for acts in fresh:
            kinds = [act.kind for act in acts]
            self._drawn.add(acts)
            self._kinds.update(kinds)
            self._pairs.update(zip(["", *kinds], kinds, strict=False))
            self._ways.update(map(_way, acts))
        return fresh

    def _sequence(self, chance: Random, repertoire: Repertoire) -> tuple[Act, ...]:
        """One sequence: a swarm of kinds is drawn first, then acts of these as long as there are any."""
        kinds = [kind for kind in repertoire.kinds if chance.random() < _share(kind)]
        others = [kind for kind in repertoire.kinds if not kind.slow]
        expected = repertoire.begin(two=chance.random() < _HALF)
        acts: list[Act] = []
        for _ in range(chance.randint(SHORTEST, LONGEST)):
            possible = _possible(repertoire, kinds, expected)
            if all(kind.name in IDLE for kind in possible):  # the swarm leads nowhere from here
                possible += _possible(repertoire, others, expected)
            if not possible:
                break
            former = acts[-1].kind if acts else ""
            (kind,) = chance.choices(possible, [self._weight(former, kind) for kind in possible])
            ways = list(repertoire.acts(kind, expected))
            (act,) = chance.choices(ways, [max(_MOST // (1 + self._ways[_way(act)]), 1) for act in ways])
            acts.append(act)
            kinds = [one for one in kinds if one is not kind or not kind.slow]
            expected = KINDS[act.kind].after(expected, act)
        return tuple(acts)

    def _weight(self, former: str, kind: KindOfAct) -> int:
        usual = _WEIGHTS.get(kind.name, 1 if kind.name in IDLE else _OFTEN)
        often = usual * _MOST / (1 + self._pairs[former, kind.name])
        level = (1 + self._kinds.total() / len(KINDS)) / (1 + self._kinds[kind.name])
        least = 1.0 if usual > _OFTEN else 1 / _LEVEL
        return max(int(_FINE * often * min(max(level, least), _LEVEL)), 1)


def _share(kind: KindOfAct) -> float:
    return _SELDOM if kind.slow else _MOSTLY if kind.name in _PLAINEST else _HALF


def _way(act: Act) -> tuple[str, str, tuple[str, ...]]:
    return act.kind, act.word, act.others


def _possible(repertoire: Repertoire, kinds: Sequence[KindOfAct], expected: Expected) -> list[KindOfAct]:
    """The kinds of which an act makes sense now."""
    return [kind for kind in kinds if any(True for _ in repertoire.acts(kind, expected))]

"""Sequences of acts, drawn by Hypothesis from what is expected alone: the same seed gives the same sequences.

Nothing is done while they are drawn, so that neither the target nor the clock has a say in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from greenroom.core.errors import MissingTool
from greenroom.scenario.explore.act import Act, KindOfAct
from greenroom.scenario.explore.expected import Expected
from greenroom.scenario.explore.hosting import stays
from greenroom.scenario.explore.repertoire import KINDS, Repertoire

if TYPE_CHECKING:
    from hypothesis import strategies as st

BATCH = 40
"""So many sequences are drawn at once."""
SHORTEST, LONGEST = 3, 14
_ONE_IN = 16
"""A kind of act that takes long is tried in one of so many sequences."""
_OFTEN = 3
"""So many times as often as others come acts after which things are expected to be otherwise."""
IDLE = frozenset(kind.name for kind in KINDS.values() if kind.then is stays)
"""Kinds of acts that are expected to change nothing."""


def sequences(repertoire: Repertoire, seed: int, batch: int) -> Iterator[tuple[Act, ...]]:
    """The sequences of a batch, none twice. Raises MissingTool where Hypothesis is not installed."""
    try:
        from hypothesis import HealthCheck, Phase, Verbosity, given, settings
        from hypothesis import seed as seeded
        from hypothesis import strategies as st
    except ImportError:
        hint = "make setup, or: pip install 'hypothesis>=6.170,<7'"
        raise MissingTool("exploring needs Hypothesis, which is not installed", hint=hint) from None

    found: list[tuple[Act, ...]] = []

    @seeded(seed * 1_000_003 + batch)
    @settings(
        phases=(Phase.reuse, Phase.generate), max_examples=BATCH, database=None, deadline=None, derandomize=False,
        suppress_health_check=list(HealthCheck), verbosity=Verbosity.quiet, print_blob=False,
    )  # fmt: skip
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        found.append(_sequence(data, repertoire, st))

    draw()
    yield from dict.fromkeys(one for one in found if len(one) >= SHORTEST)


def _sequence(data: st.DataObject, repertoire: Repertoire, st: Any) -> tuple[Act, ...]:
    """One sequence: a swarm of kinds is drawn first, then acts of these as long as there are any."""
    one_in = st.integers(1, _ONE_IN)
    kinds = [kind for kind in repertoire.kinds if (data.draw(one_in) == 1 if kind.slow else data.draw(st.booleans()))]
    others = [kind for kind in repertoire.kinds if not kind.slow]
    expected = repertoire.begin(two=data.draw(st.booleans()))
    acts: list[Act] = []
    for _ in range(data.draw(st.integers(SHORTEST, LONGEST))):
        possible = _possible(repertoire, kinds, expected)
        if all(name in IDLE for name in possible):  # the swarm leads nowhere from here
            possible |= _possible(repertoire, others, expected)
        if not possible:
            break
        weighed = [name for name in sorted(possible) for _ in range(1 if name in IDLE else _OFTEN)]
        act = data.draw(st.sampled_from(possible[data.draw(st.sampled_from(weighed))]))
        acts.append(act)
        expected = KINDS[act.kind].then(expected, act)
    return tuple(acts)


def _possible(repertoire: Repertoire, kinds: Sequence[KindOfAct], expected: Expected) -> dict[str, list[Act]]:
    """The acts that make sense now, by kind."""
    found = {kind.name: list(repertoire.acts(kind, expected)) for kind in kinds}
    return {name: acts for name, acts in found.items() if acts}

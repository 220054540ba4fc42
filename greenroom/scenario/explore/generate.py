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
_HALF, _SELDOM = 0.5, 0.06
"""In how many sequences a kind of act is in the swarm: any, and one that takes a second or more."""
_OFTEN = 3
"""So many times as often as others come acts after which things are expected to be otherwise."""
_WEIGHTS = dict.fromkeys(("join", "leave", "put out", "ban", "let in", "come to the lobby"), 9)
_WEIGHTS |= dict.fromkeys(("go live again", "go live from stuck", "be away"), 1)
_WEIGHTS |= dict.fromkeys(("go live again", "go live from stuck", "be away"), 1)
"""What makes rooms differ comes more often: what is wrong shows where people are inside."""
_MANY = 6
"""So many ways in which an act can be done that changes nothing count as one."""
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
    chance = data.draw(st.randoms(use_true_random=True))  # its seed is drawn, so that it repeats
    kinds = [kind for kind in repertoire.kinds if chance.random() < (_SELDOM if kind.slow else _HALF)]
    others = [kind for kind in repertoire.kinds if not kind.slow]
    expected = repertoire.begin(two=chance.random() < _HALF)
    acts: list[Act] = []
    for _ in range(data.draw(st.integers(SHORTEST, LONGEST))):
        possible = _possible(repertoire, kinds, expected)
        if all(kind.name in IDLE for kind in possible):  # the swarm leads nowhere from here
            possible += _possible(repertoire, others, expected)
        if not possible:
            break
        weighed = [kind for kind in possible for _ in range(_weight(kind))]
        kind = data.draw(st.sampled_from(weighed))
        act = data.draw(st.sampled_from(list(repertoire.acts(kind, expected))))
        acts.append(act)
        expected = KINDS[act.kind].then(expected, act)
    return tuple(acts)


def _weight(kind: KindOfAct) -> int:
    """How often a kind comes, against others that are possible as well."""
    if kind.name in IDLE:
        return 1 + len(kind.words) * len(kind.others) // _MANY
    return _WEIGHTS.get(kind.name, _OFTEN)


def _possible(repertoire: Repertoire, kinds: Sequence[KindOfAct], expected: Expected) -> list[KindOfAct]:
    """The kinds of which an act makes sense now."""
    return [kind for kind in kinds if any(True for _ in repertoire.acts(kind, expected))]

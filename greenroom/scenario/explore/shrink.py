"""Makes a sequence of acts smaller as long as it still shows the same: fewer people, fewer acts, nothing at once.

Acts are data: what is left out is left out of the list, and whether the rest makes sense is told without a target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from greenroom.scenario.explore.act import Act
from greenroom.scenario.explore.offence import Offence, renamed
from greenroom.scenario.explore.repertoire import HOST, KINDS, OTHER_HOST

Acts = tuple[Act, ...]
Case = tuple[Acts, Offence]

_MOST_BEFORE = 2
"""So many acts before the last are tried in every combination before acts are left out one by one."""
_PREFERRED = {"Joan": "Grace", "Edith": "Grace"}


def shrink(
    acts: Acts,
    offence: Offence,
    *,
    sense: Callable[[Acts, Offence], Offence | None],
    shows: Callable[[Acts, Offence], bool],
    over: Callable[[], bool],
) -> Case:
    """The smallest case found of the acts, the last of which shows the offence.

    `sense` tells whether the acts can be done in that order and the offence is one after them, and names it as it is to
    be named then; `shows` whether they show it again, which costs a replay; `over` whether the time is over: then the
    smallest so far is it.
    """
    case: Case = (acts, offence)
    tried: set[tuple[Acts, str]] = set()

    def smaller(candidates: Iterator[Case]) -> Case | None:
        for some, named in candidates:
            if over():
                return None
            meant = sense(some, named)
            if meant is None or (some, meant.due.text) in tried:
                continue
            tried.add((some, meant.due.text))
            if shows(some, meant):
                return some, meant
        return None

    before: Case | None = None
    while before != case:
        before = case
        for ways in _WAYS:
            while (found := smaller(ways(*case))) is not None:
                case = found
    return case


def _fewest(acts: Acts, offence: Offence) -> Iterator[Case]:
    """The last act with as few before it as can be."""
    *before, last = acts
    for number in range(min(_MOST_BEFORE + 1, len(before))):
        for some in combinations(before, number):
            yield (*some, last), offence


def _simplest_beginning(acts: Acts, offence: Offence) -> Iterator[Case]:
    """The host goes live, and guests come, in place of all that led to a session."""
    *before, last = acts
    live = Act("go live", last.host)
    guests = dict.fromkeys(name for act in before for name in act.others if act.host == last.host)
    joined = (live, *(Act("join", last.host, (name,)) for name in guests))
    for start in range(len(before), 0, -1):
        for beginning in dict.fromkeys(((live,), joined)):
            if len(beginning) <= start and beginning != acts[:start]:
                yield (*beginning, *before[start:], last), offence


def _fewer_people(acts: Acts, offence: Offence) -> Iterator[Case]:
    """Without the acts of one person, each in turn."""
    *before, last = acts
    for who in dict.fromkeys(name for act in before for name in act.people if name not in last.people):
        yield (*(act for act in before if who not in act.people), last), offence


def _fewer_acts(acts: Acts, offence: Offence) -> Iterator[Case]:
    """Without some acts that stand together before the last, many of them first."""
    *before, last = acts
    for size in range(len(before), 0, -1):
        for start in range(len(before) - size + 1):
            yield (*before[:start], *before[start + size :], last), offence


def _other_people(acts: Acts, offence: Offence) -> Iterator[Case]:
    """The same of those whom features name first: Ada as the host, Grace as the guest."""
    there = {name for act in acts for name in act.people}
    if acts[-1].host == OTHER_HOST:
        yield _called(acts, offence, {OTHER_HOST: HOST, HOST: OTHER_HOST})
    for name, better in _PREFERRED.items():
        if name in there and better not in there:
            yield _called(acts, offence, {name: better})


def _called(acts: Acts, offence: Offence, names: dict[str, str]) -> Case:
    def act(one: Act) -> Act:
        others = tuple(renamed(name, names) for name in one.others)
        return replace(one, host=renamed(one.host, names), others=others)

    return tuple(map(act, acts)), offence.of(names)


def _less_at_once(acts: Acts, offence: Offence) -> Iterator[Case]:
    """One act in its calm form, as single acts one after the other, or with the smallest number."""
    for number, act in enumerate(acts):
        for others in _calmer(act):
            is_last = number == len(acts) - 1
            for length in range(1, len(others) + 1) if is_last else (len(others),):
                yield (*acts[:number], *others[:length], *acts[number + 1 :]), offence


def _calmer(act: Act) -> Iterator[Acts]:
    kind = KINDS[act.kind]
    if kind.parts is not None:
        yield kind.parts(act)
    if kind.calmer:
        calm = KINDS[kind.calmer]
        yield (Act(calm.name, act.host, act.others[: len(calm.others[0])], calm.words[0]),)
    if kind.words[0].isdigit() and act.word != kind.words[0]:
        yield (replace(act, word=kind.words[0]),)


def fiercer(acts: Acts) -> Iterator[Acts]:
    """The same with one act in which things meet more surely: more of them at once, or made to meet."""
    for number, act in enumerate(acts):
        kind = KINDS[act.kind]
        for name in (kind.fiercer, act.kind):
            if name and KINDS[name].race:
                word = KINDS[name].words[-1]
                if (name, word) != (act.kind, act.word):
                    yield (*acts[:number], Act(name, act.host, act.others, word), *acts[number + 1 :])


_WAYS = (_fewer_people, _fewest, _simplest_beginning, _fewer_acts, _less_at_once, _other_people)
"""In this order: what leaves out most is tried first."""

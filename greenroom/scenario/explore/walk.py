"""Walks through a sequence of acts in one world, and judges after each; or plays one script as a feature would."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from greenroom.core.errors import BrokenPromise, NotApplicable, OffendedInvariant
from greenroom.core.verdict import Verdict
from greenroom.outcome.from_exception import Reached, outcome_of
from greenroom.scenario.explore.act import THEN, Act, Due, SaidStep
from greenroom.scenario.explore.expected import Expected, Rules
from greenroom.scenario.explore.offence import (
    INVARIANT,
    Offence,
    dues_of,
    offence_by_act,
    offence_by_due,
    offence_by_invariant,
    without_names,
)
from greenroom.scenario.explore.repertoire import KINDS
from greenroom.scenario.explore.script import beginning, people_of, script
from greenroom.scenario.explore.stage import Performance, Stage

PEOPLE = 6
"""So many people with accounts a world may have, beside one of another tenant."""

Known = Collection[tuple[str, str]]
"""What was found already: what an offence is known by, and the kind of the act."""


@dataclass(frozen=True)
class Walked:
    """How far a walk came: the acts that were done, and what is wrong after the last of them; why it could not be told
    what came next; or that the last is no act for this target."""

    done: tuple[Act, ...]
    offence: Offence | None = None
    unclear: str = ""
    unfit: bool = False


def walk(stage: Stage, rules: Rules, acts: Sequence[Act], known: Known, tell: Callable[[Act], object]) -> Walked:
    """Do the acts one after the other, up to the first after which something is wrong; `tell` is called after each.

    What is `known` is still seen to, without waiting for it. Raises what is a fault of ours.
    """
    expected, done = beginning(rules, acts), list[Act]()
    try:
        with stage.world(PEOPLE) as performance:
            for step in people_of(acts):
                performance.step(step)
            for act in acts:
                done.append(act)
                offence, expected = _after(performance, expected, act, known)
                tell(act)
                if offence is not None:
                    return Walked(tuple(done), offence)
    except NotApplicable:
        return Walked(tuple(done), unfit=True)
    except Exception as error:
        return Walked(tuple(done), unclear=_unclear(error))
    return Walked(tuple(done))


def play(stage: Stage, rules: Rules, acts: Sequence[Act], offence: Offence) -> bool:
    """Whether the scenario made of the acts, played once in a world of its own, shows the same offence at its end."""
    scenario = script(rules, acts, offence.due)
    found: Offence | None = None
    try:
        with stage.world(PEOPLE) as performance:
            for number, step in enumerate(scenario.steps):
                try:
                    performance.step(step)
                except BrokenPromise as error:
                    if number < scenario.last:
                        return False
                    if step.type == THEN:
                        found = offence_by_due(error, replace(offence.due, text=step.text), acts[-1])
                    else:
                        found = offence_by_act(error, acts[-1], [])
                    break
            else:
                performance.check_invariants()
    except OffendedInvariant as error:
        found = offence_by_invariant(error, acts[-1], beginning(rules, acts))
    except NotApplicable:
        return False
    except Exception as error:
        _unclear(error)
        return False
    if found is None:
        return False
    named = bool(offence.invariant) and found.due.text == offence.due.text
    return named or found.is_like(offence)


def _after(performance: Performance, before: Expected, act: Act, known: Known) -> tuple[Offence | None, Expected]:
    """Do an act, and see whether all is as it must be: what is not, and what is expected from now on."""
    kind = KINDS[act.kind]
    after = kind.after(before, act)
    dues = dues_of(before, after, act)
    for step in kind.said(act):
        try:
            performance.step(step)
        except BrokenPromise as error:
            if step.type == THEN:
                return offence_by_due(error, Due(step.text, kind.promise), act), after
            return offence_by_act(error, act, dues), after
    for due in dues:
        try:
            with performance.impatient((without_names(due.text, act), act.kind) in known):
                performance.step(SaidStep(THEN, due.text))
        except BrokenPromise as error:
            return offence_by_due(error, due, act), after
    try:
        with performance.impatient(any(kind == act.kind for name, kind in known if name.startswith(INVARIANT))):
            performance.check_invariants()
    except OffendedInvariant as error:
        return offence_by_invariant(error, act, after), after
    return None, after


def _unclear(error: Exception) -> str:
    """Why it could not be told, in a line. Raises the error where that is no trouble of the environment's."""
    verdict, failure = outcome_of(error, Reached())
    if verdict is not Verdict.INCONCLUSIVE:
        raise error
    return f"{failure.cause}: {failure.message.strip().partition(chr(10))[0]}"

"""What was seen to be wrong after an act: the Then that names it, and by what it is known when it is seen again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from greenroom.claims.invariants import INVARIANTS
from greenroom.claims.past import PAST
from greenroom.core.errors import BrokenPromise, OffendedInvariant, What
from greenroom.scenario.explore import dues
from greenroom.scenario.explore.act import WHEN, Act, Due
from greenroom.scenario.explore.expected import BUSY, Expected, Phase, Rules
from greenroom.scenario.explore.page_dues import pages, touches
from greenroom.scenario.explore.repertoire import KINDS, PEOPLE
from greenroom.scenario.explore.script import beginning
from greenroom.scenario.explore.stage import AFTER_NAME

INVARIANT = "invariant: "
"""Stands before the name of an invariant in `known_by`."""
_NUMBER = re.compile(r"\d+")
_PROMISES = {one.name: one.promise for one in (*INVARIANTS, PAST)}


@dataclass(frozen=True)
class Offence:
    """`due` is the Then that names it. `known_by` is what it offends without anybody's name: an invariant's name, a
    due, or what an act failed of; `wrong` is what is wrong, for machines."""

    due: Due
    known_by: str
    wrong: tuple[What, ...] = ()
    message: str = ""
    invariant: str = ""

    def is_like(self, other: Offence) -> bool:
        """Whether it is the same that is wrong, be it of other people."""
        same = not self.wrong or not other.wrong or bool(set(self.wrong) & set(other.wrong))
        return self.known_by == other.known_by and same

    def of(self, names: dict[str, str]) -> Offence:
        """The same of people who are called otherwise."""
        return replace(self, due=replace(self.due, text=renamed(self.due.text, names)))


def renamed(text: str, names: dict[str, str]) -> str:
    """A text with other names in it, all changed at once."""
    if not names:
        return text
    return re.sub(rf"\b(?:{'|'.join(map(re.escape, names))})\b", lambda found: names[found[0]], text)


def without_names(text: str, act: Act) -> str:
    """A step's text without people and numbers: the host, those who take part, and whoever else."""
    names = dict.fromkeys(PEOPLE, "{another}") | dict.fromkeys(act.others, "{one}") | {act.host: "{host}"}
    return _NUMBER.sub("n", renamed(text, names))


def offence_by_due(error: BrokenPromise, due: Due, act: Act) -> Offence:
    """A Then that does not hold after an act."""
    return Offence(due, without_names(due.text, act), tuple(error.wrong), str(error))


def offence_by_act(error: BrokenPromise, act: Act, due_then: Sequence[Due]) -> Offence:
    """An act that should have been carried out and was not; what would be due after it stands below it."""
    due = due_then[0] if due_then else Due(f"{act.host} hosts exactly one room", "D1")
    known_by = " ".join(error.wrong[0]) if error.wrong else f"act: {act.kind}"
    return Offence(due, known_by, tuple(error.wrong), str(error))


def offence_by_invariant(error: OffendedInvariant, act: Act, after: Expected) -> Offence:
    """An invariant that does not hold after an act."""
    name = str(error).partition(AFTER_NAME)[0]
    text = _named(name, act.host, after)
    return Offence(Due(text, _PROMISES.get(name, "O1")), f"{INVARIANT}{name}", tuple(error.wrong), str(error), name)


def _named(invariant: str, host: str, after: Expected) -> str:
    """A Then that names the invariant, as far as the vocabulary has one for it."""
    phase = after.of(host).phase
    if invariant in ("nobody-left-inside", "left-after-joined") and phase is Phase.REST:
        return f"nobody is left inside any session of {host}"
    if invariant in ("one-room-a-host", "room-is-linked"):
        return f"{host} hosts exactly one room"
    if invariant.startswith("listing") and phase not in (Phase.STUCK, Phase.OPEN, *BUSY[1:]):
        live = phase is Phase.LIVE
        return f"{host}'s session is listed as live" if live else f"{host}'s session is no longer listed as live"
    return f"no room of {host} is stuck" if invariant == "nothing-stuck" else f"nothing is wrong with {host}'s room"


def dues_of(before: Expected, after: Expected, act: Act) -> list[Due]:
    """What is due after the act, each once. What looks back to before a When is none of an act that has only Givens."""
    kind = KINDS[act.kind]
    has_when = any(step.type == WHEN for step in kind.steps)
    due = dict.fromkeys([*kind.due(before, after, act), *dues.told(after, act), *pages(after, act)])
    looked_at = (expected for expected in (before, after) if expected.pages)
    return [one for one in due if not one.compares or (has_when and not any(touches(each, one) for each in looked_at))]


def settled(rules: Rules, acts: Sequence[Act], offence: Offence) -> Offence | None:
    """The offence as it is named after these acts; None where they can't be done in that order, or what it is about is
    not due after the last of them."""
    expected = beginning(rules, acts)
    for act in acts[:-1]:
        if not KINDS[act.kind].can(expected, act):
            return None
        expected = KINDS[act.kind].after(expected, act)
    last, kind = acts[-1], KINDS[acts[-1].kind]
    if not kind.can(expected, last):
        return None
    after = kind.after(expected, last)
    if offence.invariant:
        return replace(offence, due=replace(offence.due, text=_named(offence.invariant, last.host, after)))
    possible = [*kind.claims(last), *dues_of(expected, after, last)]
    due = next((due for due in possible if due.text == offence.due.text), None)
    return replace(offence, due=due) if due is not None else None

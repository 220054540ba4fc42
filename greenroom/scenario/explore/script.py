"""A sequence of acts as the steps of a scenario: its Givens, its Whens, and the Then that something is due by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from greenroom.scenario.explore.act import GIVEN, THEN, Act, Due, SaidStep
from greenroom.scenario.explore.expected import Expected, Hosting, Phase, Rules
from greenroom.scenario.explore.repertoire import ELSEWHERE, KINDS, SIGNED_OUT


@dataclass(frozen=True)
class Script:
    """The steps of a scenario, and where the last act begins among them."""

    steps: tuple[SaidStep, ...]
    last: int


def beginning(rules: Rules, acts: Sequence[Act]) -> Expected:
    """As it is before the first act: a room for each who is the host of one of the acts."""
    hosts = dict.fromkeys(host for act in acts for host in _hosts(act))
    return Expected(rules, {host: Hosting() for host in hosts})


def people_of(acts: Sequence[Act]) -> Iterator[SaidStep]:
    """The Givens that say who there is: hosts with rooms, and those who have to be somebody before they act."""
    hosts = dict.fromkeys(host for act in acts for host in _hosts(act))
    yield from (SaidStep(GIVEN, f"{host} has a room") for host in hosts)
    strangers = dict.fromkeys(who for act in acts if KINDS[act.kind].known for who in act.others)
    for who in strangers:
        if who not in hosts:
            yield SaidStep(GIVEN, _introduced(who))


def script(rules: Rules, acts: Sequence[Act], due: Due) -> Script:
    """The scenario in which the acts are done and the due is claimed.

    What comes before the last act is given, as far as there are words for it. Where the due looks back, or acts stand
    above the last one, a Then of what is expected stands between them.
    """
    expected, steps = beginning(rules, acts), list[SaidStep]()
    *first, last = acts
    given = True
    for act in first:
        kind = KINDS[act.kind]
        words = kind.as_given(expected, act) if given else ""
        if words:
            steps.append(SaidStep(GIVEN, words))
        else:
            said = kind.said(act)
            given = given and all(step.type == GIVEN for step in said)
            steps += said
        expected = kind.after(expected, act)
    if not given and (between := _between(expected, last.host)):
        steps.append(SaidStep(THEN, between))
    steps = [*_needed(people_of(acts), steps), *steps]
    steps = _merged(steps)
    begins = len(steps)
    claimed = SaidStep(THEN, due.text)
    steps += takewhile(lambda step: step != claimed, KINDS[last.kind].said(last))
    return Script((*steps, claimed), begins)


def _hosts(act: Act) -> tuple[str, ...]:
    """Those of an act's people whose rooms it is about."""
    kind = KINDS[act.kind]
    return () if kind.hostless else act.people if kind.hosts else (act.host,)


def _introduced(who: str) -> str:
    if who == SIGNED_OUT:
        return f"{who} is signed out"
    return f"{who} is a member of another tenant" if who == ELSEWHERE else f"{who} is a member"


def _between(expected: Expected, host: str) -> str:
    """What is expected of the host's room, as a Then; "" where there are no words for it."""
    match expected.of(host).phase:
        case Phase.REST:
            return f"{host}'s room is at rest"
        case Phase.LIVE:
            return f"{host} is live with exactly one open session"
        case Phase.OPEN:
            return f"{host}'s room is at rest, or live with exactly one open session"
        case Phase.LOBBY:
            return f"{host}'s session is in the lobby"
        case Phase.SCHEDULED:
            return f"{host}'s session is scheduled for when it was asked for"
    return ""


_MAKE_A_HOST = ("is live", "has scheduled a session", "has a session in the lobby", "'s room is ")


def _needed(people: Iterator[SaidStep], steps: Sequence[SaidStep]) -> Iterator[SaidStep]:
    """The Givens about people without those that another Given says as well."""
    said = [step.text for step in takewhile(lambda step: step.type == GIVEN, steps)]
    for step in people:
        who, _, what = step.text.partition(" ")
        mine = next((text for text in said if text.startswith((f"{who} ", f"{who}'s "))), "")
        if what == "has a room" and mine.removeprefix(who).lstrip().startswith(_MAKE_A_HOST):
            continue
        if what == "is a member" and any(f"{who} has joined" in text or f"{who} waiting" in text for text in said):
            continue
        yield step


def _merged(steps: Sequence[SaidStep]) -> list[SaidStep]:
    """A live host and the first guest, who joins at once, are one Given."""
    found: list[SaidStep] = []
    for step in steps:
        host = found[-1].text.removesuffix(" is live") if found and found[-1].text.endswith(" is live") else ""
        guest, _, where = step.text.partition(" has joined ")
        if host and step.type == GIVEN and where == f"{host}'s room":
            found[-1] = SaidStep(GIVEN, f"{host} is live with {guest} as a guest")
        else:
            found.append(step)
    return found

"""What is claimed of answers: that a request was carried out or refused as documented, and gave nothing away."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from greenroom.claims.amiss import amiss
from greenroom.claims.leaks import leaks
from greenroom.claims.observation import Observation
from greenroom.claims.turned_away import told_and_did_nothing
from greenroom.core.errors import NotApplicable
from greenroom.drivers.environment.form import is_so, parsed
from greenroom.drivers.outcome import Broke, CarriedOut, Outcome, Refused, describe
from greenroom.record.events import Exchange
from greenroom.targetfile.model import Target
from greenroom.targetfile.operations import OPERATIONS, PAST_THE_GATEWAY, READS, REFUSAL_WORDS, REFUSALS

_CONFLICTS = frozenset({"not_idle", "not_live"})
_SIGNED_OUT = 401
_WORDS = {name: words for words, name in REFUSAL_WORDS.items()}


def check_described(target: Target, operation: str, refusal: str) -> None:
    """Raises NotApplicable where the target does not say how this operation is refused so, and need not."""
    if refusal not in {*OPERATIONS[operation].refusals, *target.operations[operation].refusals}:
        raise NotApplicable("refusals", f"the target does not say how it refuses: [operations.{operation}] {refusal}")


def by_status_alone(target: Target, operation: str, refusal: str) -> bool:
    """Whether only a worthless proof is refused there, and nobody without one, as where everybody may look at a room:
    the file has no word for that, and HTTP's own status says it."""
    return refusal == "unauthenticated" and operation in READS and refusal not in target.operations[operation].refusals


def refused_as(who: str, outcome: Outcome, refusal: str, *, by_status: bool = False) -> Observation:
    """The documented refusal, by status and code; `refusal` is its name in a target file (E9, E10, S2). With
    `by_status` a 401 that the file does not describe is one as well.

    An empty success is for the rows to judge, which every scenario looks at that claims this.
    """
    words = _WORDS[refusal]
    right = told_and_did_nothing(outcome)
    if isinstance(outcome, Refused):
        right = right or refusal in outcome.names
        right = right or (by_status and not outcome.names and outcome.status == _SIGNED_OUT)
    sentence, expected = f"{who} is refused as {words}", f"refused as {words}"
    another = ((f"refusal:{refusal}", "another one"),) if isinstance(outcome, Refused) else amiss(outcome)
    return Observation(sentence, right, expected, describe(outcome), wrong=another)


def carried_out_or_conflict(outcome: Outcome, *, heals: bool) -> Observation:
    """Go Live on a room that is not idle: carried out where the target heals, else refused with the conflict (R3)."""
    if heals:
        went, found = isinstance(outcome, CarriedOut), describe(outcome)
        return Observation("Go Live is carried out", went, "carried out", found, wrong=amiss(outcome))
    right = isinstance(outcome, Refused) and "not_idle" in outcome.names
    words = "refused as not idle"
    return Observation(f"Go Live is {words}", right, words, describe(outcome), wrong=amiss(outcome))


def none_broke(outcomes: Sequence[Outcome]) -> Observation:
    """Each was carried out or refused; at least one was tried (O6)."""
    broken = [one for one in outcomes if isinstance(one, Broke)]
    right, found = bool(outcomes) and not broken, "; ".join(map(describe, broken)) or "carried out or refused"
    return Observation("nothing that was tried broke", right, "carried out or refused", found, wrong=amiss(*broken))


def carried_out_or_rolled_back(outcome: Outcome, *, may_refuse: bool) -> Observation:
    """A request is carried out though the listing can't be written; not so where that is part of it (L6)."""
    if may_refuse and not isinstance(outcome, CarriedOut):
        return Observation("the request is refused", True, "carried out or refused", describe(outcome))
    went = isinstance(outcome, CarriedOut)
    return Observation("the request is carried out", went, "carried out", describe(outcome), wrong=amiss(outcome))


def one_succeeded(outcomes: Sequence[Outcome], conflict: str, *, several: bool = False) -> Observation:
    """Exactly one request was carried out (or several, one after the other, where the target heals), and the others met
    the conflict (C1, E12)."""
    wins = sum(isinstance(outcome, CarriedOut) for outcome in outcomes)
    refusals = sum(isinstance(outcome, Refused) and conflict in outcome.names for outcome in outcomes)
    right = wins + refusals == len(outcomes) and (wins == 1 or (several and wins > 1))
    expected = f"one success, the others refused as {_WORDS[conflict]}"
    others: list[Outcome] = [one for one in outcomes if isinstance(one, Broke)]
    others += [one for one in outcomes if isinstance(one, Refused) and conflict not in one.names]
    how = "not refused" if wins > 1 else "never carried out"
    wrong = amiss(*others) or tuple((f"operation:{name}", how) for name in _operations(outcomes))
    return Observation(expected, right, expected, _each(outcomes), wrong=wrong)


def the_same_each_time(outcomes: Sequence[Outcome], word: str, *, times: str) -> Observation:
    """Every request was carried out, and all answers name one `word` ("session", "room") (C4, D3)."""
    named = {str(outcome.answer[word]) for outcome in outcomes if isinstance(outcome, CarriedOut)}
    right = len(named) == 1 and all(isinstance(outcome, CarriedOut) for outcome in outcomes)
    others = [outcome for outcome in outcomes if not isinstance(outcome, CarriedOut)]
    wrong = amiss(*others) or tuple((f"operation:{name}", f"gives another {word}") for name in _operations(outcomes))
    sentence, expected = f"every request gives the same {word}", f"one {word}, {times}"
    return Observation(sentence, right, expected, _each(outcomes), wrong=wrong)


def each_carried_out(outcomes: Sequence[Outcome]) -> Observation:
    """Every operation that was used where it is due was carried out, and something was used at all (O5)."""
    others = [outcome for outcome in outcomes if not isinstance(outcome, CarriedOut)]
    sentence, found = "each operation answered as described", _each(others) or f"{len(outcomes)} carried out"
    return Observation(sentence, bool(outcomes) and not others, "carried out", found, wrong=amiss(*others))


def carried_out_or_refused(outcomes: Sequence[Outcome]) -> Observation:
    """Each request was carried out, or met the conflict that is documented for it (C3)."""
    others = [
        outcome
        for outcome in outcomes
        if not isinstance(outcome, CarriedOut) and not (isinstance(outcome, Refused) and outcome.names & _CONFLICTS)
    ]
    sentence = "each request was carried out or met its conflict"
    return Observation(sentence, not others, "one or the other", _each(outcomes), wrong=amiss(*others))


def answers_told(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Any]]:
    """The answers of the requests that were carried out, by operation."""
    return {outcome.operation: outcome.answer for outcome in outcomes if isinstance(outcome, CarriedOut)}


def nothing_given_away(exchanges: Iterable[Exchange], target: Target) -> Iterable[Observation]:
    """There were refusals, and none of them holds SQL, a stack, a path or a secret (S3)."""
    sent, statuses = list(exchanges), _statuses(target, REFUSALS)
    refusals = [one for one in sent if one.status is not None and (one.status >= 400 or one.status in statuses)]
    yield Observation("there were refusals", bool(refusals), "refusals", f"{len(refusals)} refusals")
    yield no_leak(sent, target)


def no_leak(exchanges: Iterable[Exchange], target: Target) -> Observation:
    """No refusal or failure, if there was one, holds SQL, a stack, a path or a secret (S3)."""

    def says_no(exchange: Exchange) -> bool:
        if exchange.channel != "gateway":
            return False
        said = exchange.response_body
        return bool(when and is_so(when, parsed(said)[1])) or bool(text and re.search(text, said))

    when, text = target.refused_when, target.refused_text
    told = leaks(exchanges, says_no)
    found = [f"{leak.what}: {leak.text!r} by {leak.exchange.method} {leak.exchange.url}" for leak in told]
    wrong = tuple(dict.fromkeys(("refusals", f"give away {leak.what}") for leak in told))
    words = "; ".join(found) or "nothing"
    return Observation("no answer gives anything away", not found, "nothing", words, wrong=wrong)


def no_conflict(exchanges: Iterable[Exchange], target: Target) -> Observation:
    """Neither a request of the harness nor one of a page was answered with a conflict (O3): 409, or the status that the
    target documents for it."""
    statuses = {409} | {status for status in _statuses(target, ("not_idle",)) if status >= 400}
    conflicts = [f"{exchange.method} {exchange.url}" for exchange in exchanges if exchange.status in statuses]
    none = f"no {' or '.join(map(str, sorted(statuses)))}"
    return Observation("no request met a conflict", not conflicts, none, ", ".join(conflicts) or none)


def data_api_answered(outcomes: Iterable[Outcome | None]) -> Observation:
    """What was tried through the data API was answered there, be it with a 500; else rows that did not change prove
    nothing (S1).

    Raises NotApplicable when nothing was tried.
    """
    tried = [outcome for outcome in outcomes if outcome is not None]
    if not tried:
        raise NotApplicable("operations", "nothing was tried through the data API")
    past = (each for each in tried if each.operation in PAST_THE_GATEWAY or each.exchange.channel != "gateway")
    reached = [each for each in past if each.exchange.status is not None]
    return Observation("the data API answered", bool(reached), "an answer", _each(tried))


def _statuses(target: Target, names: Collection[str]) -> frozenset[int]:
    """The statuses of the refusals called so."""
    listed = (refusal for operation in target.operations.values() for refusal in operation.refusals.items())
    return frozenset(refusal.status for name, refusal in listed if name in names)


def _each(outcomes: Sequence[Outcome]) -> str:
    return "; ".join(describe(outcome) for outcome in outcomes)


def _operations(outcomes: Sequence[Outcome]) -> list[str]:
    return list(dict.fromkeys(outcome.operation for outcome in outcomes))

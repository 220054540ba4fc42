"""Whether a run said what it had to say: without a bug neither red nor green unseen, with a bug never green."""

from __future__ import annotations

from collections.abc import Iterator

from tests.trust.seen import RED, Ran, Seen
from tests.trust.trouble import Trouble

_TOLD = ("still there", "greenroom sweep")
"""What a run says that could not remove everything: how much there is, or how it is removed."""


def faults(trouble: Trouble, ran: Ran, *, planted: bool) -> list[str]:
    """What is wrong with a run under a trouble, a line each; `planted`: on the reference with the bugs."""
    return [*_of_run(trouble, ran, planted=planted), *_of_scenarios(trouble, ran, planted=planted)]


def was_met(trouble: Trouble, ran: Ran, key: str) -> bool:
    """Whether the scenario met the trouble: by itself, or because what came before all scenarios did."""
    seen = ran.scenarios[key]
    before = sum(times for met, times in ran.met.items() if met not in ran.scenarios)
    whole = trouble.whom == "life" and seen.verdict != "passed" and ran.times_met > 0  # others run beside it
    return bool(ran.met.get(key)) or trouble.lasts or whole or (not seen.finished and before > 0)


def _of_run(trouble: Trouble, ran: Ran, *, planted: bool) -> Iterator[str]:
    if ran.exit is None:
        yield f"it did not end within {ran.seconds:.0f} s"
    if not ran.times_met and not planted:
        yield "not tried: the trouble was never met"
    if "Traceback (most recent call last)" in ran.said:
        yield "it ended in a traceback"
    if planted:
        if ran.exit == 0:
            yield "exit 0 with the bugs planted"
    elif ran.exit is not None and ran.exit not in trouble.due.exits:
        yield f"exit {ran.exit}"
    if ran.left and not any(words in ran.said for words in _TOLD):
        yield f"{ran.left} accounts were left behind, and nobody was told"


def _of_scenarios(trouble: Trouble, ran: Ran, *, planted: bool) -> Iterator[str]:
    for key, seen in ran.scenarios.items():
        met = was_met(trouble, ran, key)
        if planted and not _right_with_bug(trouble, key, seen, met=met):
            yield f"{key} with its bug: {seen.words}{_more(seen)}"
        elif not planted and not _right(trouble, key, seen, met=met):
            yield f"{key}{'' if met else ', which did not meet it'}: {seen.words}{_more(seen)}"


def _right(trouble: Trouble, key: str, seen: Seen, *, met: bool) -> bool:
    due = trouble.due
    if not met:
        return seen.verdict == "passed" or (not seen.finished and seen.verdict in due.verdicts)
    verdict = "failed" if seen.verdict == "blocked" else seen.verdict  # by a promise that it needs
    if verdict not in due.of(key):
        return False
    return seen.verdict != "inconclusive" or not due.causes or not seen.finished or seen.cause in due.causes


def _right_with_bug(trouble: Trouble, key: str, seen: Seen, *, met: bool) -> bool:
    if seen.verdict in RED:
        return True
    return seen.verdict in trouble.due.of(key) - {"passed"} and (met or not seen.finished)


def _more(seen: Seen) -> str:
    return f": {seen.message}" if seen.message else ""

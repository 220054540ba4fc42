"""Whose fault it is that an operation gets no answer, or a bare 500: the application's, or that of what is in between.

The application's, when it happens again and again while other requests to the same service are answered. One answer in
between, or one of the others that fails too, and nobody can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from greenroom.core.errors import Inconclusive
from greenroom.core.placeholders import holes
from greenroom.drivers.answer import Unanswered
from greenroom.drivers.http import Http
from greenroom.drivers.outcome import Broke, Outcome
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Operation, Request, Target
from greenroom.targetfile.operations import OPERATIONS

_TRIES = 3
"""Chance is ruled out by the third: trouble that meets every tenth exchange meets three in a row once in a thousand."""

_WORDS = {
    "timeout": "did not answer",
    "reset": "broke the connection off",
    "cut-off": "broke off in the middle of its answer",
}
_BARE_FAULT = "answered 500 without JSON"
_READS = ("room_state", "my_room", "listing")
_CHANGES_NOTHING = ("leave", "join", "cancel", "host_present", "end", "tamper_room", "tamper_session")
"""Operations that change nothing when nobody sends them for a room that does not exist."""


class Hangs:
    """Judges operations of one scenario that got no answer."""

    def __init__(self, target: Target, http: Http, evidence: Evidence) -> None:
        self._target, self._http, self._evidence = target, http, evidence

    def judge(self, name: str, operation: Operation, error: Unanswered, again: Callable[[], Outcome]) -> Outcome:
        """Broke, when the application does not answer this operation; the outcome, when it only reads and now is
        answered. Raises `error` when nobody can tell.

        `again` sends the operation once more, at most twice. Nothing is spoilt by that: either way the scenario is over
        then, and cleaned up.
        """
        others = list(self._others(name, operation))
        what = _what(error)
        if not what or not others:
            raise error
        tries, before = 1, self._http.recent.failed(operation)
        while True:
            if not self._are_well(operation, others):
                raise error
            if max(tries, before) >= _TRIES or self._http.recent.convicted(operation):
                break
            try:
                outcome = again()
            except Unanswered as once_more:
                if _what(once_more) != what:
                    raise error from None
                tries += 1
            except Inconclusive:
                raise error from None
            else:
                if operation.method == "GET":
                    return outcome
                raise error
        self._http.recent.convict(operation)
        return Broke(name, error.exchange.status or 0, self._why(error, tries, others), error.exchange)

    def others_are_answered(self, name: str) -> bool:
        """Whether the application answers others, beside the operation of that name, right now."""
        others = list(self._others(name, self._target.operations[name]))
        return bool(others) and all(map(self._answers, others))

    def _are_well(self, operation: Operation, others: list[Request]) -> bool:
        return self._http.recent.all_answered_but(operation) and all(self._answers(each) for each in others)

    def _why(self, error: Unanswered, tries: int, others: list[Request]) -> str:
        within = f" within {self._target.deadlines.answer:g} s" if error.cause == "timeout" else ""
        times = f", {tries} times in a row," if tries > 1 else ", as before,"
        shown = " and ".join(f"{each.method} {each.path}" for each in others)
        return f"{_what(error)}{within}{times} while {shown} answered"

    def _others(self, name: str, operation: Operation) -> Iterator[Request]:
        """Requests to the same service that must be answered: one that reads, and one that asks for a change."""
        described = self._target.operations
        probe = self._target.probe
        if probe is not None and probe.service == operation.service:
            yield probe
        else:
            yield from self._first(name, operation, [each for each in _READS if _is_read(described.get(each))])
        yield from self._first(name, operation, [each for each in _CHANGES_NOTHING if _is_change(described.get(each))])

    def _first(self, name: str, operation: Operation, names: list[str]) -> Iterator[Request]:
        for other in names:
            request = self._target.operations[other]
            if other != name and request.path != operation.path and request.service == operation.service:
                yield request
                return

    def _answers(self, request: Request) -> bool:
        try:
            answer = self._http.send(request, self._nobodys(request), self._evidence, who="harness")
        except Inconclusive:
            return False
        return request is not self._target.probe or answer.status in request.success

    def _nobodys(self, request: Request) -> Mapping[str, Any]:
        """What placeholders stand for when nobody asks, for a room that does not exist."""
        known = set().union(*(spec.placeholders for spec in OPERATIONS.values()))
        return dict.fromkeys(known | holes([request.path, request.query, request.headers]), "") | {
            "room": self._target.unknown_room
        }


def _what(error: Unanswered) -> str:
    """What happened, in words; "" for what is the environment's in any case."""
    if error.exchange.status == 500 and error.cause in ("html-page", "not-json"):
        return _BARE_FAULT
    return _WORDS.get(error.cause, "")


def _is_read(request: Request | None) -> bool:
    return request is not None and request.method == "GET"


def _is_change(request: Request | None) -> bool:
    return request is not None and request.method != "GET" and "room" in holes([request.path, request.query])

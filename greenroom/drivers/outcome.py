"""What came of asking the gateway for something, as values: it went, it was refused, or it broke."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from greenroom.core.errors import BrokenPromise
from greenroom.core.wording import expected_that
from greenroom.record.events import Exchange


@dataclass(frozen=True)
class CarriedOut:
    """The operation was carried out. `answer` holds what the target file names in it."""

    operation: str
    answer: dict[str, Any]
    exchange: Exchange


class Untold(dict[str, Any]):
    """An answer with words that are looked up elsewhere, once somebody asks for them: not while requests are under way.
    Raises BrokenPromise where they are found nowhere."""

    def __init__(self, told: Mapping[str, Any], **elsewhere: Callable[[], str]) -> None:
        super().__init__(told)
        self._elsewhere = elsewhere

    def __missing__(self, word: str) -> str:
        if word not in self._elsewhere:
            raise KeyError(word)
        self[word] = found = self._elsewhere[word]()
        if not found:
            raise BrokenPromise(f"the answer says that it was carried out: there should be a {word}\n  found     none")
        return found


@dataclass(frozen=True)
class Refused:
    """The operation was refused. `name` is the refusal in our words, or "" when the target file does not list it.
    `also` holds others that the target answers in the same way, such as by saying that no row has changed."""

    operation: str
    name: str
    status: int
    code: str
    exchange: Exchange
    also: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """All that it may be."""
        return self.also | ({self.name} if self.name else frozenset())


@dataclass(frozen=True)
class Broke:
    """The application failed: a 5xx of its own, an answer that is not what the target file describes, or none while
    it answers others; `status` is 0 then."""

    operation: str
    status: int
    why: str
    exchange: Exchange


_MOST_SAID = 200
Outcome = CarriedOut | Refused | Broke


def describe(outcome: Outcome) -> str:
    """One line for a person."""
    sent = f"{outcome.exchange.method} {outcome.exchange.url}"
    match outcome:
        case CarriedOut():
            return f"carried out ({outcome.exchange.status} to {sent})"
        case Refused():
            return f"refused: {outcome.status} {outcome.code or '(no code)'} to {sent}{_saying(outcome)}"
        case Broke(status=0):
            return f"broke: {sent} {outcome.why}"
        case Broke():
            return f"broke: {outcome.why} to {sent}"


def not_carried_out(outcome: Refused | Broke) -> str:
    """The message for an operation that should have been carried out: its first line says what became of it."""
    became = f"refused: {outcome.status} {outcome.code}".rstrip() if isinstance(outcome, Refused) else "broke"
    first = expected_that(f"the operation {outcome.operation} is carried out", became)
    return f"{first}\n  found     {describe(outcome)}"


def _saying(refused: Refused) -> str:
    """The words of a refusal, where there are more than its code."""
    said = " ".join(refused.exchange.response_body.split())
    words = said.replace(refused.code, "") if refused.code else said
    return f", saying {said[:_MOST_SAID]}" if re.search(r"[a-z]{2,} +[a-z]{2,}", words) else ""

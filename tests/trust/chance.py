"""Trouble that chance brings: any request and any statement of a scenario may be the one that meets it."""

from __future__ import annotations

import hashlib
import random
from collections import Counter

from tests.trust.trouble import Due, Trouble, When
from tests.trust.watch import Watch
from tests.trust.wire import Message

LIKELY = 0.04
"""How likely a request is to meet trouble: in a scenario of thirty requests, one does in two of three runs."""
_SELDOM = 6
"""So many times less likely a statement is: there are many more of them."""
_MOST = 2
"""So many times a scenario meets trouble; a third time in a row would be the application's fault."""
_AGAIN = 0.3
"""How likely the next request of the same kind meets it as well."""

_REQUESTS = (
    "answers: nginx-502",
    "answers: nginx-502-for-all",
    "answers: envoy-503",
    "answers: aws-504",
    "answers: cloudflare-520",
    "answers: maintenance-503",
    "answers: 429",
    "answers: 429-for-all",
    "answers: nginx-403",
    "answers: default-backend-404",
    "answers: sso-302",
    "answers: sign-in-page",
    "answers afterwards: nginx-502",
    "answers late: 0.7",
    "answers late: 3",
    "resets",
    "resets afterwards",
    "closes without a word",
    "closes inside the headers",
    "closes inside the body",
    "breaks off between chunks",
)
_STATEMENTS = (
    "drops the connection",
    "carries out and drops the connection",
    "says: shutting down",
    "answers late: 1",
)
_WHEN = When("by chance", "request")
_NOTHING_DUE = Due(frozenset(), frozenset(), frozenset(), {})


class Chance(Watch):
    """Which requests meet what follows from the seed, the scenario and their number in it, whatever else is run.

    `log` tells of each scenario, by its place, what it met.
    """

    def __init__(self, seed: int, likely: float = LIKELY) -> None:
        super().__init__()
        self.log: dict[str, list[str]] = {}
        self._seed, self._likely = seed, likely
        self._number: Counter[tuple[str, str]] = Counter()
        self._again: dict[tuple[str, str, str], str] = {}

    def request(self, service: str, message: Message) -> bool:
        """Whether this request meets trouble, which `trouble` then is."""
        self._scenario = message.scenario or self._scenario
        if self._has_met_enough():
            return False
        path = message.path.partition("?")[0]
        same = (self._scenario, service, f"{message.method} {path}")
        does = self._again.pop(same, "") or self._drawn("request", _REQUESTS, self._likely)
        if not does:
            return False
        is_probe = path.endswith("/health")  # without an answer there, the target counts as down for good
        if not is_probe and self._dice("again").random() < _AGAIN:
            self._again[same] = does
        return self._meets(service, does, f"{service}: {message.method} {path}")

    def statement(self, sent: bytes) -> bool:
        """Whether what is sent to the database meets trouble."""
        does = self._drawn("statement", _STATEMENTS, self._likely / _SELDOM)
        return bool(does) and self._meets("database", does, "database: a statement")

    def connection(self) -> bool:
        """New connections meet none."""
        return False

    def _drawn(self, what: str, deeds: tuple[str, ...], likely: float) -> str:
        """What the next one meets; empty for nothing, as for all outside of scenarios."""
        if not self._scenario or self._has_met_enough():
            return ""
        self._number[self._scenario, what] += 1
        dice = self._dice(what)
        return dice.choice(deeds) if dice.random() < likely else ""

    def _has_met_enough(self) -> bool:
        return len(self.log.get(self._scenario, ())) >= _MOST

    def _dice(self, what: str) -> random.Random:
        told = f"{self._seed}|{self._scenario}|{what}|{self._number[self._scenario, what]}"
        return random.Random(hashlib.sha256(told.encode()).digest())

    def _meets(self, whom: str, does: str, what: str) -> bool:
        self.trouble = Trouble("chance", whom, does, _WHEN, _NOTHING_DUE, ())
        self.log.setdefault(self._scenario, []).append(f"{what}: {does}")
        self.met[self._scenario] += 1
        return True

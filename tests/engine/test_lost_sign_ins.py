"""A sign-in that all have lost in the midst of a scenario breaks no promise; one that only one has lost does."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest

from greenroom.core.errors import Inconclusive, TargetUnavailable
from greenroom.core.redact import Redactor
from greenroom.drivers.account import Account
from greenroom.drivers.outcome import CarriedOut, Outcome, Refused
from greenroom.people.person import Person
from greenroom.record.events import Exchange
from greenroom.record.evidence import Evidence
from greenroom.scenario.lost_sign_ins import LostSignIns

ADA = Person("Ada", Account("a1", "Ada Test", token="old"))
GRACE = Person("Grace", Account("a2", "Grace Test", token="old"))


def sent(who: str, status: int, method: str = "POST") -> Exchange:
    return Exchange(channel="gateway", who=who, method=method, url="http://rooms.test/rooms", status=status)


ACCEPTED_THEN_NOT = [sent("Ada Test", 201), sent("Grace Test", 200), sent("Ada", 401)]


class Target:
    """A gateway and its accounts: what is in `good` proves who somebody is."""

    def __init__(self, *good: str, anew: str = "new", reads: str = "my_room") -> None:
        self.good, self.anew, self.reads = good, anew, reads

    def offers(self, operation: str) -> bool:
        return operation == self.reads

    def attempt(self, operation: str, who: Account, room: str) -> Outcome:
        proof = f"{who.account_id} {who.token}"
        exchange = sent(who.name, 200, "GET")
        if who.token in self.good or proof in self.good:
            return CarriedOut(operation, {}, exchange)
        return Refused(operation, "", 401, "", exchange)

    def sign_in(self, account: Account, evidence: Evidence) -> Account:
        if not self.anew:
            raise TargetUnavailable("sign-in", "could not sign in")
        return dataclasses.replace(account, token=self.anew)


def why(
    target: Target, exchanges: Sequence[Exchange] = ACCEPTED_THEN_NOT, lost: LostSignIns | None = None, *people: Person
) -> Inconclusive | None:
    asked = cast(Any, target)
    return (lost or LostSignIns()).why(asked, asked, people or (ADA, GRACE), exchanges, Evidence(Redactor()))


def test_all_have_lost_their_sign_ins() -> None:
    found = why(Target("new"))
    assert found and found.cause == "sign-in-lost" and "Ada and Grace are had been accepted" in found.message


def test_a_given_token_can_not_be_had_anew() -> None:
    assert why(Target(anew="old"))


@pytest.mark.parametrize(
    ("target", "exchanges"),
    [
        (Target("new", "a2 old"), ACCEPTED_THEN_NOT),  # Grace's is good: what Ada did has signed her out
        (Target("new", "old"), ACCEPTED_THEN_NOT),  # both are good
        (Target(), ACCEPTED_THEN_NOT),  # nor is anybody taken for somebody with a new one
        (Target("new", anew=""), ACCEPTED_THEN_NOT),  # nobody gets a new one
        (Target("new", reads="end"), ACCEPTED_THEN_NOT),  # nothing that only reads
        (Target("new"), [sent("Ada", 200), sent("Ada", 409)]),  # nobody was refused so
        (Target("new"), [sent("Ada", 200, "GET"), sent("Ada", 401)]),  # never accepted: what is public needs no proof
    ],
)
def test_what_the_target_has_done(target: Target, exchanges: list[Exchange]) -> None:
    assert why(target, exchanges) is None


def test_who_has_signed_out_on_a_page_has_lost_nothing() -> None:
    browser = cast(Any, SimpleNamespace(tab=SimpleNamespace(is_signed_in=False)))
    assert why(Target("new"), ACCEPTED_THEN_NOT, None, dataclasses.replace(ADA, browser=browser)) is None


def test_what_happens_to_one_alone_three_times_in_a_row_is_the_targets_doing() -> None:
    lost = LostSignIns()
    assert why(Target("new"), ACCEPTED_THEN_NOT, lost, ADA) and why(Target("new"), ACCEPTED_THEN_NOT, lost, ADA)
    assert why(Target("new"), ACCEPTED_THEN_NOT, lost, ADA) is None
    lost.note(told=False)
    assert why(Target("new"), ACCEPTED_THEN_NOT, lost, ADA) is None
    lost.note(told=True)
    assert why(Target("new"), ACCEPTED_THEN_NOT, lost, ADA)

"""Sign-ins that were lost in the midst of a scenario: keys that were changed, sessions that were dropped, somebody who
signed in elsewhere. What proved who people are was accepted before, and is not any more, while a new one is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from greenroom.core.deadlines import eventually
from greenroom.core.errors import GreenroomError, Inconclusive, NotApplicable
from greenroom.drivers.account import Account
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.outcome import Outcome, Refused
from greenroom.people.accounts import Accounts
from greenroom.people.person import Person
from greenroom.record.events import Exchange
from greenroom.record.evidence import Evidence

_SIGNED_OUT, _ACCEPTED = 401, range(200, 300)
_IN_A_ROW = 3
"""So many scenarios one after the other are the target's own doing, such as an end that signs its host out."""
_ANOTHER_SECOND = 1.5
"""Seconds until another token is given: of two that are given within one second, both may be the same text."""
_READS = ("my_room", "room_state")


class LostSignIns:
    """One worker's."""

    def __init__(self) -> None:
        self._in_a_row = 0

    def note(self, *, told: bool) -> None:
        """A scenario is over. `told` is whether it could be judged, well or badly."""
        self._in_a_row = 0 if told else self._in_a_row

    def why(
        self,
        gateway: Gateway,
        accounts: Accounts,
        people: Iterable[Person],
        exchanges: Sequence[Exchange],
        evidence: Evidence,
    ) -> Inconclusive | None:
        """What to say of a scenario that went wrong, when all its people have lost their sign-ins. One of them who has
        not is enough to judge it: what one person did then has signed out only them. Asked once a scenario."""
        read = next((name for name in _READS if gateway.offers(name)), "")
        refused = {exchange.who for exchange in exchanges if exchange.status == _SIGNED_OUT}
        accepted = {exchange.who for exchange in exchanges if exchange.method != "GET" and exchange.status in _ACCEPTED}
        known = [person for person in people if person.account is not None and accepted & _called(person)]
        if not read or not any(refused & _called(person) for person in known) or any(map(_has_signed_out, known)):
            return None
        try:
            if not all(_is_lost(person, read, gateway, accounts, evidence) for person in known):
                return None
        except (Inconclusive, NotApplicable, GreenroomError):  # it can't be asked, which says nothing
            return None
        self._in_a_row += 1
        if self._in_a_row >= _IN_A_ROW:
            return None
        names = " and ".join(person.name for person in known)
        return Inconclusive(
            "sign-in-lost",
            f"what proved who {names} {'is' if len(known) == 1 else 'are'} had been accepted, and is not any more",
            hint="were keys changed or sessions dropped meanwhile, or does somebody else use the account?",
        )


def _has_signed_out(person: Person) -> bool:
    """Whether they have done so themselves, on a page."""
    return person.browser is not None and not person.browser.tab.is_signed_in


def _called(person: Person) -> set[str]:
    """By which names requests are theirs: those of a page, and those of the harness."""
    return {person.name, person.shown_name}


def _is_lost(person: Person, read: str, gateway: Gateway, accounts: Accounts, evidence: Evidence) -> bool:
    """Whether they are taken for signed out, and for somebody again once they have signed in anew, where they can."""
    assert person.account is not None
    if not _is_signed_out(gateway.attempt(read, person.account, room=person.room_id)):
        return False
    before = _proof(person.account)
    anew, _ = eventually(
        partial(accounts.sign_in, person.account, evidence), lambda found: _proof(found) != before, _ANOTHER_SECOND
    )
    return _proof(anew) == before or not _is_signed_out(gateway.attempt(read, anew, room=person.room_id))


def _proof(account: Account) -> tuple[str, dict[str, str]]:
    return account.token, account.cookies


def _is_signed_out(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused) and ("unauthenticated" in outcome.names or outcome.status == _SIGNED_OUT)

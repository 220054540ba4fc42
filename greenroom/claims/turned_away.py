"""What is claimed of those who may not: they were turned away, or got an empty success that did nothing.

A table API answers 204, or an empty list, for rows that one may not touch; others put that into an envelope. Whether
that was a refusal is for the rows to tell, and every scenario in which something could change looks at them.
"""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.claims.amiss import amiss
from greenroom.claims.empty_answers import says_nothing
from greenroom.claims.observation import Observation
from greenroom.drivers.outcome import CarriedOut, Outcome, Refused, describe

_OF_PERSONS = frozenset({"not_host", "not_found", "no_room", "unauthenticated"})
_STATUSES = frozenset({401, 403, 404})
_OF_STATES = frozenset({"not_idle", "not_live"})


def turned_away(who: str, outcome: Outcome) -> Observation:
    """Refused because of who they are, and not because of the state that the room is in (S5). A refusal with the status
    of a success tells by its code alone: one that is not described counts, since those of states are."""
    named = isinstance(outcome, Refused) and bool(outcome.names & _OF_PERSONS)
    unnamed = isinstance(outcome, Refused) and not outcome.name and _may_be_of_persons(outcome.status)
    right = named or unnamed or told_and_did_nothing(outcome)
    return Observation(
        f"{who} is turned away", right, "refused as one who may not", describe(outcome), wrong=amiss(outcome)
    )


def _may_be_of_persons(status: int) -> bool:
    return status in _STATUSES or status < 300


def about_their_own(who: str, outcome: Outcome) -> Observation:
    """A request that says of no room which one it is about is about the room of whoever asks: it may be carried out
    there. That nobody else's room has changed is for the rows to tell."""
    right, expected = isinstance(outcome, CarriedOut | Refused), "carried out in a room of theirs, or refused"
    sentence = f"what {who} asks for is {expected}"
    return Observation(sentence, right, expected, describe(outcome), wrong=amiss(outcome))


def not_let_in(who: str, outcome: Outcome) -> Observation:
    """Refused, with whatever reason the target gives (A4)."""
    right = isinstance(outcome, Refused) or told_and_did_nothing(outcome)
    return Observation(f"{who} is not let in", right, "refused", describe(outcome), wrong=amiss(outcome))


def told_nothing(who: str, outcome: Outcome) -> Observation:
    """The gateway refused to say, or said nothing (S4). That a room is in use, or is not, is something."""
    refused = isinstance(outcome, Refused) and (not outcome.names or bool(outcome.names - _OF_STATES))
    right = refused or told_and_did_nothing(outcome)
    return Observation(f"{who} was told nothing", right, "refused", describe(outcome), wrong=amiss(outcome))


def refused_every_time(who: str, outcomes: Sequence[Outcome]) -> Observation:
    """No success, and nothing broke (S3, S4)."""
    others = [outcome for outcome in outcomes if not isinstance(outcome, Refused) and not told_and_did_nothing(outcome)]
    right, found = bool(outcomes) and not others, "; ".join(map(describe, others)) or "refused"
    return Observation(f"{who} was refused every time", right, "refused", found, wrong=amiss(*others))


def told_and_did_nothing(outcome: Outcome) -> bool:
    """Whether a success has an empty answer, as that of a request which touched no row."""
    status = outcome.exchange.status
    return status is not None and 200 <= status < 300 and says_nothing(outcome.exchange.response_body)

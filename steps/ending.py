"""Ending a room: by its host, and by those who may not."""

from __future__ import annotations

from pytest_bdd import given, then, when

from greenroom import acts
from greenroom.drivers.outcome import Refused, describe
from greenroom.stage import Stage
from steps.words import text

_REFUSALS = {
    "not the host": "not_host",
    "unauthenticated": "unauthenticated",
    "no such room": "not_found",
    "a malformed id": "malformed",
    "not live": "not_live",
    "not idle": "not_idle",
}


@given(text("{host:Name} has ended the room"))
@when(text("{host:Name} ends the room through the gateway"))
def ends(stage: Stage, host: str) -> None:
    """One request, which is carried out."""
    acts.end(stage, stage.person(host))


@given(text("{host:Name} has ended the room in the browser"))
@when(text("{host:Name} ends the room in the browser"))
def ends_in_browser(stage: Stage, host: str) -> None:
    """Press End Room; the page says that the room has ended."""
    acts.end_in_browser(stage, stage.person(host))


@when(text("{host:Name} tries to end the room through the gateway"))
def tries_to_end(stage: Stage, host: str) -> None:
    """One request; what comes of it is for the next step to judge."""
    person = stage.person(host)
    person.outcome = stage.gateway.attempt("end", person.account, room=person.room_id)


@when(text("{person:Name} tries to end {host:Name}'s room through the gateway"))
def tries_to_end_another(stage: Stage, person: str, host: str) -> None:
    """The same by somebody who does not host the room."""
    stranger = stage.people[person]
    stranger.outcome = stage.gateway.attempt("end", stranger.account, room=stage.person(host).room_id)


@when(text("{host:Name} tries to end a room nobody knows through the gateway"))
def tries_to_end_unknown(stage: Stage, host: str) -> None:
    """An id of the right form that names no room."""
    person = stage.person(host)
    person.outcome = stage.gateway.attempt("end", person.account, room=stage.target.unknown_room)


@when(text("{host:Name} tries to end a room that is no room through the gateway"))
def tries_to_end_malformed(stage: Stage, host: str) -> None:
    """An id that no room can have."""
    person = stage.person(host)
    person.outcome = stage.gateway.attempt("end", person.account, room=stage.target.malformed_room)


@then(text("{person:Name} is refused as {refusal}"))
def is_refused(stage: Stage, person: str, refusal: str) -> None:
    """The documented status and code."""
    outcome = stage.people[person].outcome
    assert outcome is not None, f"{person} has not tried anything"
    expected = _REFUSALS[refusal]
    right = isinstance(outcome, Refused) and outcome.name == expected
    stage.claim(f"{person} is refused as {refusal}", right, expected=f"refused as {refusal}", found=describe(outcome))

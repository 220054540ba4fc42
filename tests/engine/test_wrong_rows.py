"""What is wrong, for machines: a claim and an invariant that are offended by the same rows say the same of them."""

from __future__ import annotations

from typing import Any

import pytest

from greenroom.claims.announcement import Announcement, contradicted, has_ended, has_gone_live
from greenroom.claims.fact import Claim, wrong
from greenroom.claims.invariants import INVARIANTS
from greenroom.claims.listing import listed_as, listing_agrees, not_listed_live
from greenroom.claims.rooms import at_rest, is_live
from greenroom.claims.sessions import nobody_inside, session_over
from greenroom.claims.wrong_rows import offended, wrong_rows
from greenroom.core.errors import What
from tests.support.rows import Pair, account, attendance, entry, live, room, session, state

REST = (account(), room(), session(), attendance("ada", role="host"), attendance(), entry())


def but(*different: Pair, of: tuple[Pair, ...] = REST) -> tuple[Pair, ...]:
    """Rows of which those of the same relation are replaced."""
    relations = {relation for relation, _ in different}
    return (*(pair for pair in of if pair[0] not in relations), *different)


@pytest.mark.parametrize("rows", [REST, live()])
def test_nothing_is_wrong_with_a_room_as_it_should_be(rows: tuple[Pair, ...]) -> None:
    assert wrong_rows(state(*rows), ["r1"]) == []


@pytest.mark.parametrize(
    ("rows", "claim", "what"),
    [
        (but(room(session_id="s1")), at_rest("r1"), ("rooms.session_id", "not cleared")),
        (but(room(host_present=True)), at_rest("r1"), ("rooms.host_present", "not cleared")),
        (but(room(status="live", session_id="s1")), at_rest("r1"), ("rooms.status", "not idle")),
        (but(session(status="live")), at_rest("r1"), ("sessions.status", "still open")),
        (but(session(status="live")), session_over("s1"), ("sessions.status", "still open")),
        (but(session(ended_at=None)), session_over("s1"), ("sessions.ended_at", "not set")),
        (but(attendance(left_at=None)), nobody_inside("s1"), ("attendance.left_at", "not set")),
        (but(entry(ended_at=None)), not_listed_live("r1"), ("listing.ended_at", "not set")),
        (but(entry(status="live")), not_listed_live("r1"), ("listing.status", "live, and should not be")),
        (but(entry(status="live")), listing_agrees("r1"), ("listing.status", "live, and should not be")),
        (but(entry(), of=live()), listed_as("r1", "live"), ("listing.status", "not listed as it should be")),
        (but(entry(), entry(), of=live()), listed_as("r1", "live"), ("listing", "too many")),
    ],
)
def test_a_claim_and_the_rows_say_the_same(rows: tuple[Pair, ...], claim: Claim, what: What) -> None:
    assert what in wrong(claim(state(*rows)))
    assert what in wrong_rows(state(*rows), ["r1"])


def test_two_open_sessions_are_one_thing_whoever_says_it() -> None:
    two = state(*live(), session("s2", status="live", ended_at=None))
    assert wrong(is_live("r1")(two)) == [("sessions", "several open")]
    assert wrong_rows(two, ["r1"]) == [("sessions", "several open")]


def test_rows_of_others_are_no_concern() -> None:
    assert wrong_rows(state(*but(room("r2", session_id="s1"))), ["r1"]) == []


OFFENDERS: dict[str, tuple[tuple[Pair, ...], dict[str, Any]]] = {
    "nothing-stuck": (but(room(status="live", session_id="s1"), entry(status="live", ended_at=None)), {}),
    "no-orphan": (but(session(status="live")), {"room_status": "idle", "room_points_to": None}),
    "idle-is-empty": (but(room(session_id="s1")), {"session_id": "s1", "host_present": False}),
    "nobody-left-inside": (but(attendance(left_at=None)), {}),
    "ended-has-time": (but(session(ended_at=None)), {"ended_at": None}),
    "listing-live-is-true": (but(entry(status="live")), {"room_status": "idle", "listed_as": "live"}),
    "listing-ended-has-time": (but(entry(ended_at=None)), {}),
}


@pytest.mark.parametrize("name", OFFENDERS)
def test_an_offended_invariant_says_what_the_rows_say(name: str) -> None:
    rows, offender = OFFENDERS[name]
    assert offended(name, offender) == wrong_rows(state(*rows), ["r1"])


@pytest.mark.parametrize("invariant", [one.name for one in INVARIANTS])
def test_every_invariant_says_what_is_wrong(invariant: str) -> None:
    row = {"room_status": "live", "listed_as": None, "session_id": "s1", "room_points_to": "s2", "ended_at": None}
    ((subject, how), *_) = offended(invariant, row | {"host_present": True})
    assert subject.partition(".")[0] in ("rooms", "sessions", "attendance", "listing", "accounts")
    assert how and how != invariant


def test_a_contradiction_is_about_the_very_thing_that_was_announced() -> None:
    told = Announcement("the gateway", "that Ada's room has ended", has_ended("r1"))
    still_live = state(*but(room(status="live", session_id="s1")))
    found = contradicted(told, at_rest("r1")(still_live), still_live)
    assert [(fact.about, fact.found) for fact in found] == [("rooms.status", "live")]


@pytest.mark.parametrize("rows", [but(room(session_id="s1")), but(attendance(left_at=None))])
def test_announcement_and_rows_that_agree_are_no_contradiction(rows: tuple[Pair, ...]) -> None:
    told = Announcement("the gateway", "that Ada's room has ended", has_ended("r1"))
    now = state(*rows)
    facts = [*at_rest("r1")(now), *nobody_inside("s1")(now)]
    assert wrong(facts) and contradicted(told, facts, now) == []


def test_a_go_live_that_was_announced_is_compared_with_the_room() -> None:
    told = Announcement("the gateway", "that Ada is live", has_gone_live("r1", "s1"))
    now = state(*REST)
    assert [fact.about for fact in contradicted(told, is_live("r1")(now), now)] == ["rooms.status"]
    assert contradicted(told, is_live("r1")(state(*live())), state(*live())) == []

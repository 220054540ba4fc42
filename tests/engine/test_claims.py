"""Domain words over a state: each is true where it should be, and names the fact that is wrong where it is not."""

from __future__ import annotations

import datetime as dt

import pytest

from greenroom.claims.fact import Claim, Fact, either, every, holds, same
from greenroom.claims.listing import listed_as, live_entries_are, not_listed_live
from greenroom.claims.rooms import at_rest, is_live, open_session_of, rooms_hosted, unchanged
from greenroom.claims.sessions import came_in_once, have_been_inside, keeps_leave_times, nobody_inside, session_over
from greenroom.relations.state import State
from tests.support.rows import LATER, LONG_AGO, Pair, account, attendance, entry, live, room, session, state

REST = (account(), room(), session(), attendance("ada", role="host"), attendance(), entry())
FUTURE = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)).isoformat()


def wrong(claim: Claim, *pairs: Pair) -> list[str]:
    """The names of the facts that do not hold."""
    return [fact.name for fact in claim(state(*pairs)) if not fact.holds]


def test_no_facts_hold_nothing() -> None:
    assert not holds([])
    assert holds([same("a", 1, 1)])
    assert not holds([same("a", 1, 1), same("b", 1, "1")])


def test_at_rest() -> None:
    claim = at_rest("r1")
    assert holds(claim(state(*REST)))
    assert wrong(claim, room(status="live")) == ["status"]
    assert wrong(claim, room(session_id="s1")) == ["session"]
    assert wrong(claim, room(host_present=True)) == ["host present"]
    assert wrong(claim, room(), session(status="lobby", ended_at=None)) == ["open sessions"]
    assert wrong(claim) == ["room"]
    assert holds(at_rest("r1", presence=False)(state(room(host_present=True))))


def test_is_live() -> None:
    claim = is_live("r1")
    assert holds(claim(state(*live())))
    assert wrong(claim, *REST) == ["status", "open sessions"]
    open_now = session(status="live", ended_at=None)
    assert wrong(claim, room(status="live", session_id="s2"), open_now) == ["session"]
    assert wrong(claim, room(status="lobby", session_id="s1"), open_now) == ["session status"]
    assert wrong(claim, *live(), session("s2", status="lobby", ended_at=None)) == ["open sessions"]
    assert wrong(claim) == ["room"]
    assert wrong(is_live("r1", statuses=("scheduled",)), *live()) == ["status"]


def test_session_over() -> None:
    claim = session_over("s1")
    assert holds(claim(state(*REST)))
    assert wrong(claim, session(status="live", ended_at=None)) == ["session status", "session ended"]
    assert wrong(claim, session(ended_at=None)) == ["session ended"]
    assert wrong(claim, session(starts_at=LATER, ended_at=LONG_AGO)) == ["session ended"]
    assert wrong(claim, session(ended_at=FUTURE)) == ["session ended"]
    assert wrong(claim, session(status="cancelled")) == ["session status"]
    assert holds(session_over("s1", statuses=("ended", "cancelled"))(state(session(status="cancelled"))))
    assert wrong(claim) == ["session"]


def test_a_session_that_was_to_start_later_may_end_before_its_start() -> None:
    assert holds(session_over("s1")(state(session(starts_at=FUTURE, ended_at=LATER))))


def test_nobody_inside() -> None:
    claim = nobody_inside("s1")
    assert holds(claim(state(*REST)))
    assert wrong(claim, attendance("ada"), attendance(left_at=None)) == ["still inside"]
    assert wrong(claim, attendance("ada"), attendance(joined_at=LATER, left_at=LONG_AGO)) == ["left"]
    assert wrong(claim, attendance("ada")) == []


def test_that_people_had_been_inside_is_a_claim_of_its_own() -> None:
    claim = have_been_inside("s1", 2)
    assert holds(claim(state(attendance("ada"), attendance(left_at=None))))
    assert wrong(claim, attendance("ada")) == ["who were inside"]
    assert wrong(claim, attendance("ada", session_id="s2"), attendance()) == ["who were inside"]
    assert wrong(claim, attendance("ada"), attendance("ada", joined_at=LATER)) == ["who were inside"]


def test_came_in_once() -> None:
    once, twice = [attendance("ada", left_at=None)], [attendance("ada"), attendance("ada", left_at=None)]
    assert wrong(came_in_once("s1", "ada"), *once) == []
    assert wrong(came_in_once("s1", "ada"), *twice) == ["times come in"]
    assert wrong(came_in_once("s1", "ada"), attendance("joan")) == ["times come in", "times inside"]
    assert wrong(came_in_once("s1", "ada", ever=False), *twice) == ["times come in"]
    assert wrong(came_in_once("s1", "ada", ever=False), attendance("joan")) == []


def test_keeps_leave_times() -> None:
    claim = keeps_leave_times("s1", state(attendance("joan"), attendance(left_at=None)))
    assert holds(claim(state(attendance("joan"), attendance())))
    assert wrong(claim, attendance("joan", left_at=FUTURE), attendance()) == ["leave time of before"]
    assert wrong(claim, attendance()) == ["leave time of before"]


def test_leave_times_of_nobody_prove_nothing() -> None:
    assert not holds(keeps_leave_times("s1", state(attendance(left_at=None)))(state(attendance())))


def test_listed_as() -> None:
    claim = listed_as("r1", "live", title="Talk", host_id="ada")
    assert holds(claim(state(*live())))
    assert wrong(claim) == wrong(claim, *live(), entry(status="ended")) == ["entries"]
    assert wrong(claim, entry()) == ["listed as"]
    assert wrong(claim, entry(status="live", title="Talk.")) == ["title"]
    assert wrong(claim, entry(status="live", host_id="alan")) == ["host"]
    assert holds(listed_as("r1", "live")(state(entry(status="live", title="Other"))))


def test_not_listed_live() -> None:
    claim = not_listed_live("r1")
    assert holds(claim(state(*REST))) and holds(claim(state()))
    assert wrong(claim, *live()) == ["entries not ended"]
    assert wrong(claim, entry(status="upcoming")) == ["entries not ended"]
    assert wrong(claim, entry(ended_at=None)) == ["entry ended at"]


@pytest.mark.parametrize(
    ("changed", "relation"),
    [
        (account(name="Eve"), "accounts"),
        (room(status="live"), "rooms"),
        (session(ended_at=FUTURE), "sessions"),
        (attendance(left_at=FUTURE), "attendance"),
        (entry(title="Other"), "listing"),
    ],
)
def test_unchanged(changed: Pair, relation: str) -> None:
    before = (account(), room(), session(), attendance(), entry())
    claim = unchanged(state(*before), ["r1"], ["ada"])
    assert holds(claim(state(*before, room("r2", host_id="alan"))))
    assert wrong(claim, *(pair for pair in before if pair[0] != relation), changed) == [relation]
    assert relation in wrong(claim, *(pair for pair in before if pair[0] != relation))


def test_whoever_may_leave_changes_nothing_by_that() -> None:
    rest = (*live(), attendance("joan", left_at=None))
    claim = unchanged(state(*rest, attendance(left_at=None)), ["r1"], leaver="grace")
    assert holds(claim(state(*rest, attendance())))
    assert wrong(claim, *rest, attendance(role="host")) == ["attendance"]
    assert wrong(claim, *rest) == ["attendance"]
    assert wrong(claim, *live(), attendance("joan"), attendance(left_at=None)) == ["attendance"]
    back = unchanged(state(*rest, attendance()), ["r1"], leaver="grace")
    assert wrong(back, *rest, attendance(left_at=None)) == ["attendance"]


def test_an_entry_that_follows_late_changes_nothing() -> None:
    was = (account(), room(), session(), attendance())
    claim = unchanged(state(*was), ["r1"])
    assert holds(claim(state(*was, entry())))
    assert wrong(claim, *was, entry(status="live", ended_at=None)) == ["listing"]
    assert wrong(claim, *was, entry(ended_at=FUTURE)) == ["listing"]
    ended_before = unchanged(state(*was, entry()), ["r1"])
    assert wrong(ended_before, *was, entry(), entry(title="Other")) == ["listing"]
    still_on = unchanged(state(room(), session(status="live", ended_at=None)), ["r1"])
    assert wrong(still_on, room(), session(status="live", ended_at=None), entry()) == ["listing"]


def test_rooms_hosted() -> None:
    claim = rooms_hosted("ada", 1)
    assert holds(claim(state(account(), room())))
    assert wrong(claim, account(), room(), room("r2")) == ["rooms hosted"]
    assert wrong(claim, account()) == ["rooms hosted"]
    assert wrong(claim, account(room_id=None), room()) == ["linked room"]
    assert wrong(claim, account(room_id="r2"), room()) == ["linked room"]
    assert holds(rooms_hosted("ada", 0)(state(account(room_id=None))))


def test_live_entries_are() -> None:
    claim = live_entries_are(["r1"])
    assert holds(claim(state(*live(), room("r2"), entry("r2"))))
    assert wrong(claim, *live(), room("r2", status="lobby"), entry("r2", status="live")) == ["live rooms"]
    assert wrong(claim, *live(), entry("r2", status="live")) == ["live entries"]
    assert wrong(claim, *live()[:-1]) == ["live entries"]
    assert holds(live_entries_are([])(state(*REST)))


def test_every_and_either() -> None:
    both, one = every(at_rest("r1"), session_over("s1")), either(at_rest("r1"), is_live("r1"))
    assert holds(both(state(*REST)))
    assert wrong(both, room(), session(status="live", ended_at=None)) == [
        "open sessions",
        "session status",
        "session ended",
    ]
    assert holds(one(state(*REST))) and holds(one(state(*live())))
    assert wrong(one, room(status="cancelled")) == ["status"]


def test_the_open_session_is_the_one_pointed_to_or_the_only_one() -> None:
    def found(*pairs: Pair) -> str | None:
        return open_session_of(State.of(pairs), "r1")

    open_now, other = session(status="live"), session("s2", status="lobby")
    assert found(*live()) == "s1"
    assert found(room(session_id="s2"), open_now, other) == "s2"
    assert found(room(session_id="s3"), open_now) == "s1"
    assert found(room(session_id="s3"), open_now, other) is None
    assert found(room(session_id="s1"), session()) is None


def test_a_fact_shows_what_a_person_can_read() -> None:
    assert same("host present", False, None) == Fact("host present", "no", "-", False)

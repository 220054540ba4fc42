"""What is over stays as it was, from look to look: what offends that, and what is nobody's fault."""

from __future__ import annotations

from typing import Any

import pytest

from greenroom.claims.past import PAST, Past
from greenroom.claims.wrong_rows import offended
from greenroom.relations.state import State
from tests.support.rows import LONG_AGO, Pair, account, attendance, room, session, state

EARLIER, NOW = "2026-02-15T10:30:00+00:00", "2026-02-15T12:00:00+00:00"
NEXT = session("s2", status="live", starts_at=NOW, ended_at=None)


def over(**different: Any) -> tuple[Pair, ...]:
    """A room at rest whose last session is over."""
    return account(), room(), session(**different), attendance()


def followed(*past: Pair) -> State:
    """The room is live again."""
    return state(account(), room(status="live", session_id="s2"), NEXT, *past)


def offences(*looks: State) -> list[str]:
    past = Past()
    for look in looks:
        past.see(look)
    return [row["about"] for violation in past.offences(looks[-1]) for row in violation.rows]


@pytest.mark.parametrize(
    ("past", "about"),
    [
        ((session(status="cancelled"), attendance()), ["sessions.status"]),
        ((session(status="live", ended_at=None), attendance()), ["sessions.status", "sessions.ended_at"]),
        ((session(ended_at=NOW), attendance()), ["sessions.ended_at"]),
        ((session(title="Other"), attendance()), ["sessions.title"]),
        ((session(), attendance(left_at=NOW)), ["attendance.left_at"]),
        ((session(), attendance(left_at=None)), ["attendance.left_at"]),
    ],
)
def test_what_another_session_changes_of_one_that_is_over(past: tuple[Pair, ...], about: list[str]) -> None:
    assert offences(state(*over()), followed(*past)) == about
    assert offences(state(*over()), followed(session(), attendance()), followed(*past)) == about


def test_how_it_ended_is_kept_from_the_first_look_on() -> None:
    ended = state(*over(status="cancelled")), state(*over())
    assert offences(*ended, followed(session(), attendance())) == ["sessions.status"]


@pytest.mark.parametrize(
    "looks",
    [
        (state(*over()), followed(session(), attendance())),
        (state(*over(ended_at=None)), followed(session(), attendance())),  # told of a moment later
        (state(account(), room(), session(), attendance(left_at=None)), followed(session(), attendance())),
        (state(*over(ended_at=EARLIER)), state(*over()), followed(session(), attendance())),  # nothing had followed
        (state(*over()), followed(session())),  # a stay that was tidied away
        (state(*over()), followed()),
        (followed(session(), attendance()), followed(session(), attendance(), attendance("joan", joined_at=LONG_AGO))),
    ],
)
def test_what_is_no_offence(looks: tuple[State, ...]) -> None:
    assert offences(*looks) == []


def test_rows_that_a_given_has_written_are_forgotten() -> None:
    past = Past()
    past.see(state(*over()))
    past.forget()
    past.see(followed(session(ended_at=NOW), attendance()))
    assert past.offences(followed(session(ended_at=NOW), attendance())) == []


def test_where_nobody_shows_sessions_there_is_nothing_to_tell() -> None:
    shown = State({"rooms": (room()[1],)}, sees=frozenset({"rooms"}))
    assert offences(shown) == []


def test_it_says_what_is_wrong_as_the_claim_about_it_does() -> None:
    assert offended(PAST.name, {"about": "attendance.left_at"}) == [("attendance", "changed")]

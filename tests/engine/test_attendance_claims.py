"""What is claimed of single people in a session: inside once, gone, and no more than there is room for."""

from __future__ import annotations

import pytest

from greenroom.claims.attendance import has_left, is_full, is_inside, is_not_inside
from greenroom.claims.fact import Claim, holds, wrong
from greenroom.relations.state import State

T1, T2 = "2026-02-15T12:00:00+00:00", "2026-02-15T12:05:00+00:00"


def state(*visits: tuple[str, str, str | None]) -> State:
    """A session with these visits: whose, in which role, and until when."""
    rows = [
        {"session_id": "s", "account_id": who, "role": role, "joined_at": T1, "left_at": left}
        for who, role, left in visits
    ]
    return State({"attendance": tuple(rows)})


GONE, INSIDE = ("grace", "guest", T2), ("grace", "guest", None)


@pytest.mark.parametrize(
    ("claim", "visits", "how"),
    [
        (is_inside("s", "grace"), [INSIDE], ""),
        (is_inside("s", "grace"), [GONE, INSIDE], ""),
        (is_inside("s", "grace"), [GONE], "not inside"),
        (is_inside("s", "grace"), [INSIDE, INSIDE], "inside twice"),
        (is_inside("s", "grace"), [("grace", "host", None)], "inside as the host"),
        (is_not_inside("s", "grace"), [], ""),
        (is_not_inside("s", "grace"), [GONE], ""),
        (is_not_inside("s", "grace"), [GONE, INSIDE], "still inside"),
        (has_left("s", "grace"), [GONE], ""),
        (has_left("s", "grace"), [], "missing"),
        (has_left("s", "grace"), [INSIDE], "still inside"),
        (is_full("s", 2), [("ada", "host", None), INSIDE], ""),
        (is_full("s", 2), [("ada", "host", None), INSIDE, ("joan", "guest", None)], ""),
        (is_full("s", 2), [INSIDE, ("joan", "guest", None), ("mary", "guest", None)], "too many"),
        (is_full("s", 3), [("ada", "host", None), INSIDE, ("joan", "guest", T2)], "too few"),
    ],
)
def test_who_is_inside(claim: Claim, visits: list[tuple[str, str, str | None]], how: str) -> None:
    facts = claim(state(*visits))
    assert holds(facts) is not bool(how)
    assert [what[1] for what in wrong(facts)] == ([how] if how else [])

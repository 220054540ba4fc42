"""The state of a scenario's rooms: its parts, how two states differ, and how values are shown."""

from __future__ import annotations

import pytest

from greenroom.record.events import Change
from greenroom.relations.state import differences, moment, show
from tests.support.rows import LATER, account, attendance, entry, live, room, session, state


def test_equal_rows_make_equal_states_in_any_order() -> None:
    assert state(*live()) == state(*reversed(live()))
    assert state(*live()) != state(*live()[1:])


def test_parts_are_found_by_id() -> None:
    found = state(*live(), room("r2", host_id="alan"), session("s2"), attendance(session_id="s2"))
    assert found.room("r1") and not found.room("r3")
    assert [row["room_id"] for row in found.rooms_of("alan")] == ["r2"]
    assert [row["session_id"] for row in found.open_sessions("r1")] == ["s1"]
    assert [row["session_id"] for row in found.closed_sessions("r1")] == ["s2"]
    assert [row["account_id"] for row in found.inside("s1")] == ["ada", "grace"]
    assert found.inside("s2") == []
    assert len(found.attendance_of("s2")) == 1
    assert found.session("s3") is None
    assert len(found.entries("r1")) == 1 and found.entries("r2") == []


def test_only_leaves_what_belongs_to_those_rooms_and_accounts() -> None:
    others = (
        account("alan", room_id="r2"),
        room("r2", host_id="alan"),
        session("s2", room_id="r2"),
        attendance(session_id="s2"),
        entry("r2"),
    )
    both = state(*live(), *others)
    assert both.only(["r1"], ["ada"]) == state(*live())
    assert both.only(["r2"], ["alan"]) == state(*others)
    assert both.only(["r1"]) == state(*live()[1:])


def test_the_same_state_has_no_differences() -> None:
    assert differences(state(*live()), state(*reversed(live())), {}) == []


def test_a_difference_names_row_and_column() -> None:
    before, after = state(*live()), state(*live()[:1], room(), *live()[2:])
    names = {("room", "r1"): "Ada's room", ("session", "s1"): "Ada's session"}
    assert differences(before, after, names) == [
        Change(relation="rooms", key="Ada's room", field="host_present", before="yes", after="no"),
        Change(relation="rooms", key="Ada's room", field="session_id", before="Ada's session", after="-"),
        Change(relation="rooms", key="Ada's room", field="status", before="live", after="idle"),
    ]


def test_a_row_that_came_or_went_is_one_difference() -> None:
    came = differences(state(), state(entry()), {("room", "r1"): "Ada's room", ("account", "ada"): "Ada"})
    assert [(one.key, one.field, one.before) for one in came] == [("Ada's room", "", None)]
    assert came[0].after and "host_id Ada" in came[0].after and "status ended" in came[0].after
    went = differences(state(entry()), state(), {})
    assert [(one.field, one.after) for one in went] == [("", None)] and went[0].before


def test_somebody_who_comes_again_is_another_row() -> None:
    again = attendance(joined_at=LATER, left_at=None)
    (change,) = differences(
        state(attendance()), state(attendance(), again), {("session", "s1"): "s", ("account", "grace"): "Grace"}
    )
    assert (change.key, change.before) == ("s / Grace", None)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "-"),
        (True, "yes"),
        (False, "no"),
        (3, "3"),
        ("", ""),
        ("idle", "idle"),
        ("known", "Ada's room"),
        ("7c1e0000-0000-4000-8000-00000000beef", "7c1e0000…"),
        ("2026-02-15T10:00:00.120000+00:00", "10:00:00.12Z"),
        ("2026-02-15T10:00:10+00:00", "10:00:10Z"),
        ("2026-02-15T10:00:10.500Z", "10:00:10.5Z"),
        ("2026-02-15T10:00:10+02:00", "2026-02-15T10:00:10+02:00"),
        ("2026-02-15 is no Time of day", "2026-02-15 is no Time of day"),
    ],
)
def test_values_are_shown_for_people(value: object, shown: str) -> None:
    assert show(value, {("room", "known"): "Ada's room"}, "room_id") == shown


def test_times_have_their_zone() -> None:
    then = moment("2026-02-15T12:00:00+02:00")
    assert then == moment("2026-02-15T10:00:00+00:00")
    assert moment(None) is None

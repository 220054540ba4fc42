"""A failure in words: what should be, what is, which fact is wrong, and since which step."""

from __future__ import annotations

from greenroom.claims.changed_rows import rows_kept
from greenroom.claims.fact import Fact, same
from greenroom.claims.failure_message import broken, expected_text, found_text, named, rows_of
from greenroom.claims.rooms import at_rest
from greenroom.core.redact import Redactor
from greenroom.core.verdict import Verdict
from greenroom.record.events import Change, Check
from greenroom.record.evidence import Evidence, OpenStep
from greenroom.relations.state import show_times
from tests.support.rows import attendance, entry, room, session, state

STUCK = at_rest("r1")(state(room(session_id="s1", host_present=True)))


def evidence(*changed: int, changes: int = 1) -> Evidence:
    """Three steps, of which those with these numbers changed rows."""
    found = Evidence(Redactor())
    for number, text in enumerate(("Ada is live", "Ada ends the room", "Ada's room is at rest"), start=1):
        keyword = ("Given", "When", "Then")[number - 1]
        found.begin(OpenStep(keyword, text, number, type=keyword.lower()))
        if number in changed:
            found.changed(
                [
                    Change(relation="rooms", key="Ada's room", field=f"column{i}", before="a", after="b")
                    for i in range(changes)
                ]
            )
    return found


def message(facts: list[Fact], seen: Evidence) -> list[str]:
    return broken("Ada's room is at rest", facts, seen, waited=2.04, deadline='2 s "settle"').splitlines()


def test_expected_and_found_stand_below_each_other() -> None:
    claim, expected, found, which = message(STUCK, evidence())
    assert claim == "expected that Ada's room is at rest, found: session s1, host present yes"
    assert expected.startswith("  expected  status idle   session -    host present no")
    assert found.startswith("  found     status idle   session s1   host present yes")
    assert found.endswith('(after 2.0 s of 2 s "settle")')
    assert expected.index("host present") == found.index("host present")
    assert which == "  wrong     session, host present"


def test_when_everything_is_wrong_nothing_is_singled_out() -> None:
    assert not any("wrong" in line for line in message([same("status", "idle", "live")], evidence()))


def test_long_values_get_lines_of_their_own() -> None:
    long = Fact("rooms", "a" * 50, "b" * 50, False)
    lines = message([same("status", "idle", "idle"), long], evidence())
    assert lines[1] == f"  expected  rooms: {'a' * 50}"
    assert lines[2].startswith(f"  found     rooms: {'b' * 50}  ")
    assert "status idle" not in "".join(lines)


def test_since_is_the_last_step_that_changed_rows() -> None:
    assert message(STUCK, evidence(1, 2))[-1] == (
        "  since     step 2  When Ada ends the room      rooms.column0: a -> b"
    )
    assert message(STUCK, evidence(1))[-2].startswith("  since     step 1  Given Ada is live")
    assert not any("since" in line for line in message(STUCK, evidence()))


def test_many_changes_are_counted() -> None:
    assert message(STUCK, evidence(2, changes=6))[-1].endswith("column3: a -> b, and 2 more")


def test_rows_that_came_or_went_are_told() -> None:
    seen = evidence()
    seen.changed(
        [
            Change(relation="listing", key="Ada's room", field="", before=None, after="status live"),
            Change(relation="attendance", key="Grace", field="", before="left -", after=None),
        ]
    )
    assert message(STUCK, seen)[-1].endswith("listing: new Ada's room, attendance: gone Grace")


def test_no_deadline_no_waiting() -> None:
    text = broken("a claim", [same("a", 1, 2)], evidence(), waited=0.0, deadline="")
    assert text.splitlines() == ["expected that a claim, found: a 2", "  expected  a 1", "  found     a 2"]


def test_facts_in_one_line() -> None:
    facts = [same("status", "idle", "live"), same("host present", False, True)]
    assert expected_text(facts) == "status idle   host present no"
    assert found_text(facts) == "status live   host present yes"


def test_rows_are_shown_with_the_names_of_what_is_known() -> None:
    rows = rows_of(
        state(room(session_id="s1"), session(), entry()), {("room", "r1"): "Ada's room", ("account", "ada"): "Ada"}
    )
    assert [one.relation for one in rows] == ["rooms", "sessions", "listing"]
    assert rows[0].columns == ["room_id", "host_id", "status", "session_id", "host_present"]
    assert rows[0].rows == [["Ada's room", "Ada", "idle", "s1", "no"]]


def test_evidence_goes_to_the_step_under_way() -> None:
    seen = Evidence(Redactor())
    seen.check(Check(claim="before any step", held=True))
    seen.begin(OpenStep("Given", "a", 1))
    seen.current.close(Verdict.PASSED)
    seen.begin(OpenStep("When", "b", 2))
    seen.check(Check(claim="c", held=False))
    assert [len(step.checks) for step in seen.steps] == [0, 1]
    first, second = (step.frozen() for step in seen.steps)
    assert (first.verdict, second.verdict) == (Verdict.PASSED, None)
    assert second.checks[0].claim == "c"


def test_a_number_is_shown_by_name_where_it_is_an_id() -> None:
    facts = [same("session", None, "1", "rooms.session_id"), same("open sessions", 0, 1, "sessions.status")]
    shown = named(facts, {("room", "1"): "Ada's room", ("session", "1"): "Ada's session", ("account", "0"): "Ada"})
    assert found_text(shown) == "session Ada's session   open sessions 1"
    assert expected_text(shown) == "session -   open sessions 0"


def test_ids_that_are_known_are_shown_by_name() -> None:
    session = "aaa9769b-0000-4000-8000-000000000001"
    facts = [same("session", None, session), same("session status", "live", "ended"), same("open sessions", 0, 1)]
    shown = named(facts, {("session", session): "Ada's session", ("room", "1"): "Ada's room"})
    assert found_text(shown) == "session Ada's session   session status ended   open sessions 1"
    assert expected_text(shown) == "session -   session status live   open sessions 0"


def test_the_change_that_is_wrong_stands_first() -> None:
    """Of an end that touches somebody's stay elsewhere, that stay must not be hidden behind what an end changes."""
    seen = evidence()
    own = [Change(relation="rooms", key="Ada's room", field=f"column{i}", before="a", after="b") for i in range(4)]
    stay = Change(relation="attendance", key="Mary's session / Ada", field="left_at", before="-", after="12:00:00Z")
    seen.changed([*own, stay])
    was = [attendance("5bf6bddf-0000-4000-8000-000000000001", session_id="m1", left_at=None)[1]]
    now = [{**was[0], "left_at": "2026-11-28T12:00:00+00:00"}]
    facts = named(
        [rows_kept("attendance", was, now)],
        {("session", "m1"): "m1", ("account", "5bf6bddf-0000-4000-8000-000000000001"): "Ada"},
    )
    text = broken("nothing about Mary's room has changed", facts, seen, waited=0.0, deadline="")
    assert "  expected  attendance m1 / Ada left_at -\n" in text
    assert "  found     attendance m1 / Ada left_at 12:00:00Z\n" in text
    assert "attendance.left_at of Mary's session / Ada: - -> 12:00:00Z, rooms.column0" in text


def test_rows_that_should_not_have_changed_name_the_step_that_changed_them() -> None:
    seen = evidence(3)
    seen.steps[1].changes.append(Change(relation="rooms", key="r1", field="status", before="live", after="idle"))
    facts = [rows_kept("rooms", [room(status="live")[1]], [room()[1]])]
    assert "since     step 2  When Ada ends the room" in broken("as it was", facts, seen, waited=0.0, deadline="")


def test_only_what_differs_is_told() -> None:
    old, new = [room(status="live", session_id="s1")[1]], [room(status="idle", session_id="s1")[1]]
    fact = rows_kept("rooms", old, new)
    assert (fact.expected, fact.found, fact.holds) == ("r1 status live", "r1 status idle", False)
    gone = rows_kept("rooms", old, [])
    assert gone.expected.startswith("r1 host_id ada") and gone.found == "r1 no row"
    assert rows_kept("rooms", old, old).found == "as it was" and rows_kept("rooms", old, old).holds
    assert rows_kept("rooms", old, old * 2).found == "2 rows"


def test_the_first_line_says_what_was_found() -> None:
    address = "http://127.0.0.1:1/api/v1/live/rooms/af298b07-f2da-4e7c-912c-83c8365a166d/join"
    fact = Fact("", "refused", f"carried out (200 to POST {address})", False)
    text = broken("Grace is not let in", [fact], None, waited=0.0, deadline="")
    assert text.splitlines()[0] == "expected that Grace is not let in, found: carried out (200 to POST …/join)"
    assert f"found     carried out (200 to POST {address})" in text
    many = [Fact(f"fact{i}", "a", "b" * 90, False) for i in range(5)]
    first = broken("it holds", many, None, waited=0.0, deadline="").splitlines()[0]
    assert "fact0 bb" in first and "…" in first and first.endswith(" and 2 more") and len(first) < 240


def test_a_deed_that_has_changed_nothing_is_named() -> None:
    text = broken("Grace has left", [same("times inside", 0, 1)], evidence(1), waited=0.0, deadline="")
    assert text.endswith("  effect    none: step 2  When Ada ends the room      has changed no row that is shown")
    assert "effect" not in broken("it", [same("a", 0, 1)], evidence(1, 2), waited=0.0, deadline="")


def test_a_time_of_another_day_has_its_day() -> None:
    assert show_times("2026-11-28T15:59:42+00:00", "2026-11-27T23:30:00+00:00") == [
        "2026-11-28 15:59:42Z",
        "2026-11-27 23:30:00Z",
    ]
    assert show_times("2026-11-28T15:59:42+00:00", None) == ["15:59:42Z", "-"]

"""What a failure's evidence adds to its words: how things stood, and what pages wrote, showed and read."""

from __future__ import annotations

from typing import Any

from greenroom.core.verdict import Verdict
from greenroom.record.events import Change, PageNote, ScenarioFinished, Wrong
from greenroom.reporting.exchange_text import key_exchanges
from greenroom.reporting.failure_evidence import evidence_lines, story_lines
from tests.support.samples import build

ID = "b3796751-4478-4c62-8c8c-46ceeb3d979a"


def note(text: str, **different: Any) -> PageNote:
    told: dict[str, Any] = {"who": "Ada", "kind": "console", "level": "warning"}
    return PageNote(text=text, **told | different)


def failed(*, message: str = "it is wrong", how: str = "not so", **of_when: Any) -> ScenarioFinished:
    """Three steps of which the last fails; `of_when` is what the When has as evidence."""
    steps = [
        build.step("Given Ada is live"),
        build.step("And Grace has left"),
        build.step("When Ada ends the room", **of_when),
        build.step("Then it is over", verdict=Verdict.FAILED),
        build.step("And the listing agrees", verdict=None),
    ]
    wrong = [Wrong(subject="operation:end", how=how, since=3)]
    return build.scenario(
        verdict=Verdict.FAILED,
        steps=steps,
        people={"Ada": "account b3796751…, room 7c1e0000…"},
        failure=build.failure(message, wrong=wrong),
    )


def told(scenario: ScenarioFinished) -> dict[str, str]:
    return {line.label: line.text for line in evidence_lines(scenario)}


def test_how_things_stood_and_what_was_done_are_told() -> None:
    story = {line.label: line.text for line in story_lines(failed())}
    assert story == {"given": "Ada is live; Grace has left", "when": "Ada ends the room"}


def test_what_a_page_wrote_to_its_console_is_told_unless_it_was_made_to() -> None:
    notes = [note("a.js: TypeError"), note("asked for", expected=True), note("hello", level="log")]
    assert told(failed(page=notes))["console"] == "Ada's page: a.js: TypeError"
    assert "console" not in told(failed(page=notes[1:]))
    assert "console" not in told(failed(page=[note("Failed to load resource: 503", level="error")]))


def test_what_a_page_showed_is_told_once() -> None:
    shown = note('http://web/listing, which shows "Live"', kind="shown", level="")
    assert told(failed(page=[shown]))["page"] == 'Ada\'s page is at http://web/listing, which shows "Live"'
    assert "page" not in told(failed(message="no\n  found     http://web/listing, which shows x", page=[shown]))


def test_what_a_page_had_read_is_told_and_is_nothing_that_was_sent() -> None:
    read = build.exchange("GET", "/rest/v1/entries", 200, '[{"host":"Ada"}]', origin="page")
    assert told(failed(exchanges=[read]))["read"].endswith('by Ada\'s page -> 200 in 12 ms [{"host":"Ada"}]')
    assert key_exchanges(failed(exchanges=[read], how="not refused")) == []


def test_with_what_something_was_let_in_is_told_by_name() -> None:
    sent = build.exchange("POST", "/rooms/r/cancel", 200, request_body=f'{{"user_id": "{ID}"}}')
    assert told(failed(exchanges=[sent], how="not refused"))["asked"] == ('POST …/cancel {"user_id": "Ada\'s account"}')
    assert "asked" not in told(failed(exchanges=[sent]))


def test_the_last_rows_that_changed_are_told_where_the_failure_names_none() -> None:
    changes = [
        Change(relation="listing", key="Ada's room", field="", before=None, after="status live"),
        Change(relation="rooms", key="Ada's room", field="status", before="live", after="idle"),
    ]
    line = "step 3  When Ada ends the room      rooms.status: live -> idle, listing: new Ada's room"
    assert told(failed(changes=changes))["rows"] == line
    assert "rows" not in told(failed(changes=changes[:1]))
    assert "rows" not in told(failed(message="no\n  since     step 1  Given", changes=changes))


def test_a_read_that_was_let_in_is_among_what_was_sent() -> None:
    read = build.exchange("GET", "/rest/v1/attendance", 200, "[]")
    assert [one.exchange for one in key_exchanges(failed(exchanges=[read], how="not refused"))] == [read]
    assert key_exchanges(failed(exchanges=[read])) == []


def test_the_last_answers_are_told_where_an_operation_tells_something_else() -> None:
    sent = build.exchange("POST", "/rooms/r/join", 200)
    asked = [build.exchange("GET", f"/rooms/{room}/queue", 200, told) for told in ("[1]", "[2]") for room in "ab"]
    for how, shown in (("tells something else", [sent, *asked[2:]]), ("not so", [sent])):
        scenario = failed(exchanges=[sent], how=how)
        scenario.steps[3].exchanges.extend(asked)
        assert [one.exchange for one in key_exchanges(scenario)] == shown


def test_what_a_page_did_not_wait_for_any_more_hides_nothing() -> None:
    aborted = build.exchange("GET", "/entries", None, error="net::ERR_ABORTED", origin="page")
    sent = build.exchange("POST", "/end", 200)
    assert [one.exchange for one in key_exchanges(failed(exchanges=[sent, *[aborted] * 5]))] == [sent]


def test_the_deed_has_its_place_beside_many_refusals() -> None:
    refused = [build.exchange("POST", f"/rooms/{number}/join", 409) for number in range(6)]
    deed = build.exchange("POST", "/rooms/r/end", 200)
    shown = [one.exchange for one in key_exchanges(failed(exchanges=[deed, *refused]))]
    assert deed in shown and len(shown) == 4


def test_that_accounts_were_made_is_told_where_nothing_else_was_sent() -> None:
    signed_up = build.exchange("POST", "/auth/v1/signup", 200, channel="auth")
    sent = build.exchange("POST", "/rooms", 201)
    given = build.step("Given a", exchanges=[signed_up])
    for scenario, shown in ((failed(), [signed_up]), (failed(exchanges=[sent]), [sent])):
        whole = scenario.model_copy(update={"steps": [given, *scenario.steps]})
        assert [one.exchange for one in key_exchanges(whole)] == shown

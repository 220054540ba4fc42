"""Who may not is turned away because of who they are, or gets an empty success, which is for the rows to judge."""

from __future__ import annotations

import pytest

from greenroom.claims.answers import data_api_answered, refused_as
from greenroom.claims.turned_away import (
    about_their_own,
    refused_every_time,
    told_and_did_nothing,
    told_nothing,
    turned_away,
)
from greenroom.core.errors import NotApplicable
from greenroom.drivers.outcome import Broke, CarriedOut, Outcome, Refused
from greenroom.record.events import Exchange


def exchange(status: int, body: str = '{"ok": true}') -> Exchange:
    return Exchange(channel="gateway", method="POST", url="http://g/x", status=status, response_body=body)


def refused(name: str, status: int) -> Refused:
    return Refused("go_live", name, status, "", exchange(status))


EMPTY = CarriedOut("go_live", {}, exchange(204, ""))
NO_ROWS = Broke("room_state", 200, "answered 200 without 'status'", exchange(200, "[]"))
DONE = CarriedOut("go_live", {"session": "s1"}, exchange(201))
BROKE = Broke("go_live", 500, "answered 500", exchange(500, ""))


@pytest.mark.parametrize(
    ("outcome", "right"),
    [
        (refused("not_host", 403), True),
        (refused("not_found", 404), True),
        (refused("unauthenticated", 401), True),
        (refused("", 403), True),
        (refused("not_idle", 409), False),
        (refused("", 409), False),
        (refused("malformed", 400), False),
        (refused("", 200), True),
        (refused("not_idle", 200), False),
        (EMPTY, True),
        (DONE, False),
        (BROKE, False),
    ],
)
def test_turned_away_is_about_who_asks_and_not_about_the_room(outcome: Outcome, right: bool) -> None:
    assert turned_away("Mallory", outcome).held is right


@pytest.mark.parametrize(
    ("outcome", "right"),
    [(refused("", 400), True), (refused("not_idle", 409), False), (NO_ROWS, True), (DONE, False), (BROKE, False)],
)
def test_that_a_room_is_in_use_is_something_that_was_told(outcome: Outcome, right: bool) -> None:
    assert told_nothing("Zoe", outcome).held is right


@pytest.mark.parametrize(
    ("body", "empty"),
    [
        ("", True),
        ('{"ok": true, "sessions": []}', True),
        ('{"data": [], "links": {"self": "/rooms?room=r1"}, "meta": {"total": 0, "page": 1}}', True),
        ('{"data": {"room": null}}', True),
        ('{"_links": {"self": {"href": "/x"}}, "payload": {"papers": []}}', True),
        ('{"ok": true}', False),
        ('{"ok": true, "sessions": [], "total": 2}', False),
        ('{"data": [{}], "meta": {}}', False),
        ('{"room": {"status": "live", "session": null}}', False),
        ("<p>nothing</p>", False),
    ],
)
def test_an_envelope_with_nothing_in_it_tells_nothing(body: str, empty: bool) -> None:
    outcome = CarriedOut("read_session", {}, exchange(200, body))
    assert told_and_did_nothing(outcome) is told_nothing("Zoe", outcome).held is empty


def test_an_empty_success_is_no_success() -> None:
    assert told_and_did_nothing(EMPTY) and told_and_did_nothing(NO_ROWS)
    assert not told_and_did_nothing(DONE) and not told_and_did_nothing(BROKE)
    assert refused_as("Mallory", EMPTY, "not_host").held
    assert refused_every_time("Mallory", [EMPTY, refused("not_host", 403)]).held
    assert not refused_every_time("Mallory", [EMPTY, DONE]).held


def test_a_worthless_proof_is_refused_by_status_where_everybody_else_may_look() -> None:
    unnamed = refused("", 401)
    assert not refused_as("Ada", unnamed, "unauthenticated").held
    assert refused_as("Ada", unnamed, "unauthenticated", by_status=True).held
    for other in (refused("", 403), refused("not_host", 401), DONE):
        assert not refused_as("Ada", other, "unauthenticated", by_status=True).held


def at_the_data_api(status: int | None) -> Exchange:
    return Exchange(channel="data_api", method="PATCH", url="http://d/x", status=status)


@pytest.mark.parametrize(
    ("outcome", "right"),
    [
        (CarriedOut("tamper_room", {}, at_the_data_api(204)), True),
        (CarriedOut("tamper_room", {}, Exchange(channel="rest", method="PATCH", url="http://d/x", status=204)), True),
        (
            CarriedOut("tamper_room", {}, Exchange(channel="gateway", method="PATCH", url="http://g/x", status=204)),
            True,
        ),
        (Refused("tamper_room", "", 403, "42501", at_the_data_api(403)), True),
        (Broke("tamper_room", 500, "answered 500", at_the_data_api(500)), True),
        (Broke("tamper_room", 0, "did not answer", at_the_data_api(None)), False),
        (DONE, False),
    ],
)
def test_what_got_no_answer_proves_nothing_of_the_rows(outcome: Outcome, right: bool) -> None:
    assert data_api_answered([None, outcome]).held is right


def test_where_nothing_was_tried_there_is_nothing_to_prove() -> None:
    with pytest.raises(NotApplicable):
        data_api_answered([None])


@pytest.mark.parametrize(
    ("outcome", "right"), [(DONE, True), (refused("not_idle", 409), True), (refused("", 404), True), (BROKE, False)]
)
def test_what_says_of_no_room_may_be_done_in_ones_own(outcome: Outcome, right: bool) -> None:
    assert about_their_own("Mallory", outcome).held is right

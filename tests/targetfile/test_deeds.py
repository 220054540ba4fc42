"""Deeds of one route are told apart by what the bodies of their requests say."""

from __future__ import annotations

from typing import Any

import pytest

from greenroom.targetfile.deeds import body_denies, body_says, deed_of
from greenroom.targetfile.model import Target


def target(**operations: dict[str, Any]) -> Target:
    told = {"environment": "disposable", "addresses": {"gateway": "http://gateway"}, "people": {"source": "api"}}
    return Target.model_validate({"name": "some", "operations": operations, **told})


ACTIONS = target(
    end={"path": "/rooms/{room}", "json": {"action": "end", "by": "{account}"}},
    join={"path": "/rooms/{room}", "form": {"action": "join"}},
    leave={"path": "/rooms/{room}/leave", "json": {"action": "leave"}},
)


def test_what_differs_on_one_route_is_the_deed() -> None:
    assert deed_of(ACTIONS, "end") == {"action": "end"}
    assert deed_of(ACTIONS, "join") == {"action": "join"}


NESTED = target(
    end={"path": "/rooms/{room}", "json": {"data": {"type": "room", "attributes": {"stage": "idle"}}}},
    cancel={"path": "/rooms/{room}", "json": {"data": {"type": "room", "attributes": {"stage": "cancelled"}}}},
)


def test_a_deed_may_stand_deep_in_a_body() -> None:
    body = '{"data": {"attributes": {"stage": "idle"}}}'
    assert deed_of(NESTED, "end") == {"data.attributes.stage": "idle"}
    assert not body_denies(deed_of(NESTED, "end"), body)
    assert body_denies(deed_of(NESTED, "cancel"), body)
    assert body_says({"stage": "idle"}, body)
    assert body_says({"attributes.stage": "idle"}, body)
    assert not body_says({"tage": "idle"}, body)
    assert not body_says({"stage": "cancelled"}, body)


def test_a_route_of_its_own_needs_none() -> None:
    assert deed_of(ACTIONS, "leave") == {}


@pytest.mark.parametrize(
    ("body", "denied"),
    [
        ('{"action": "join"}', True),
        ('{"action": "end"}', False),
        ("action=join", True),
        ("{}", False),
        ("", False),
        ("[1]", False),
    ],
)
def test_a_body_that_says_something_else_denies_it(body: str, denied: bool) -> None:
    assert body_denies({"action": "end"}, body) is denied


@pytest.mark.parametrize(
    ("body", "says"), [('{"action": "end", "by": 7}', True), ("action=end", True), ('{"by": 7}', False), ("", False)]
)
def test_a_body_says_a_deed_by_holding_its_words(body: str, says: bool) -> None:
    assert body_says({"action": "end"}, body) is says


def test_a_number_in_a_form_is_one() -> None:
    assert body_says({"deed": 3}, "deed=3")

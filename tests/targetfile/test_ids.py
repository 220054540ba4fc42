"""Selectors that take one number for another are told from those that do not."""

from __future__ import annotations

from typing import Any

import pytest

from greenroom.targetfile.ids import problems_of_ids
from greenroom.targetfile.model import Target


def told(selector: str, unknown_room: str = "2147483647", ids: str = "text") -> list[str]:
    web = {
        "listing": {"path": "/", "ready": "x", "live_entry": selector},
        "go_live": {"submit": "x"},
        "viewer": {"path": "/{room}", "ready": "x", "end_room": "x", "has_ended": "x"},
    }
    file: dict[str, Any] = {"name": "some", "environment": "disposable", "addresses": {"gateway": "http://x"}}
    file |= {"people": {"source": "api"}, "operations": {}, "web": web, "unknown_room": unknown_room, "ids": ids}
    return [".".join(path) for path, _, _ in problems_of_ids(Target.model_validate(file))]


@pytest.mark.parametrize(
    "selector",
    [
        "a[href*='/rooms/{room}']",
        'li >> a[href^="/rooms/{room}"]',
        "[id$='{room}']",
        "[href*={room}]",
        "a[href*='{room}/']",
    ],
)
def test_a_part_of_a_number_is_no_number(selector: str) -> None:
    assert told(selector) == ["web.listing.live_entry"]
    assert told(selector, unknown_room="00000000-0000-4000-8000-000000000000") == []


@pytest.mark.parametrize(
    "selector",
    [
        "a[href='/rooms/{room}']",
        "a[href*='/rooms/{room}/']",
        "[id$='-{room}']",
        "#room-{room}",
        "[data-id='{room}'] >> a[href*=x]",
    ],
)
def test_a_whole_number_is_one(selector: str) -> None:
    assert told(selector) == []


def test_numbers_need_a_room_that_is_not_there() -> None:
    assert told("#r{room}", unknown_room="none", ids="number") == ["unknown_room"]

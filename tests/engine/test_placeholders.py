"""Placeholders ({room}) and references (${NAME}) of a target file."""

from __future__ import annotations

from typing import Any

import pytest

from greenroom.core.placeholders import ABSENT, as_numbers, fill, fill_text, holes
from greenroom.targetfile.interpolate import interpolate, references

DOCUMENT = {"path": "/rooms/{room}", "body": {"who": "{account}", "tags": ["{first}", "{room}"]}, "n": 1}


def test_every_placeholder_is_found() -> None:
    assert holes(DOCUMENT) == {"room", "account", "first"}
    assert holes({}) == holes([]) == holes(None) == holes("{Not} {} {1a} text") == set()


def test_a_text_is_filled() -> None:
    assert fill_text("/rooms/{room}/end?n={n}", {"room": "r1", "n": 2}) == "/rooms/r1/end?n=2"


def test_a_placeholder_that_nothing_is_given_for_breaks_a_text() -> None:
    with pytest.raises(KeyError, match="room"):
        fill_text("/rooms/{room}", {})


@pytest.mark.parametrize("value", [True, 3, ["talk"], {"a": 1}, "text", ""])
def test_a_value_that_is_only_a_placeholder_keeps_its_type(value: Any) -> None:
    assert fill({"given": "{it}"}, {"it": value}) == {"given": value}


def test_what_was_not_given_is_left_out_of_a_body() -> None:
    body = {"title": "{title}", "key": "{key}", "tags": ["{a}", "{b}"], "nested": {"key": "{key}"}, "fixed": 0}
    assert fill(body, {"title": "Talk", "b": "x", "key": None}) == {
        "title": "Talk",
        "tags": ["x"],
        "nested": {},
        "fixed": 0,
    }
    assert fill("{key}", {}) is ABSENT
    assert fill({"label": "up to {capacity}", "title": "t"}, {}) == {"title": "t"}


def test_braces_that_are_no_placeholder_stay() -> None:
    assert fill("{} {A} {{room}}", {"room": "r"}) == "{} {A} {r}"


def lookup(name: str) -> str | None:
    return {"HOST": "example.org", "EMPTY": "", "launch.web": "http://127.0.0.1:1"}.get(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://${HOST}/api", "https://example.org/api"),
        ("${HOST}${HOST}", "example.orgexample.org"),
        ("${launch.web}/x", "http://127.0.0.1:1/x"),
        ("${NONE}", "${NONE}"),
        ("${NONE:-by default}", "by default"),
        ("${NONE:-}", ""),
        ("${EMPTY:-by default}", "by default"),
        ("${EMPTY}", ""),
        ("${launch.none:-later}", "${launch.none:-later}"),
        ("$HOST {HOST} ${}", "$HOST {HOST} ${}"),
    ],
)
def test_references_are_replaced(text: str, expected: str) -> None:
    assert interpolate({"a": [text, 1]}, lookup) == {"a": [expected, 1]}


def test_what_a_variable_holds_is_not_read_again() -> None:
    assert interpolate("${A}", {"A": "${B}", "B": "no"}.get) == "${B}"


def test_every_reference_is_found_with_its_place() -> None:
    document = {"database": {"dsn": "${URL:-none}"}, "pool": [{"token": "${ONE}"}, {"token": "a${TWO}b${ONE}"}], "n": 1}
    assert list(references(document)) == [
        (("database", "dsn"), "URL", "none"),
        (("pool", 0, "token"), "ONE", None),
        (("pool", 1, "token"), "TWO", None),
        (("pool", 1, "token"), "ONE", None),
    ]


def test_ids_become_numbers_where_they_are_digits() -> None:
    values = {"room": "17", "session": "s-17", "account": "", "guest": None, "title": "17", "capacity": 3}
    assert as_numbers(values, {"room", "session", "account", "guest"}) == values | {"room": 17}

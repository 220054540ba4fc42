"""Secrets are kept out of everything that is written: known ones by value, unknown ones by their shape."""

from __future__ import annotations

import jwt
import pytest

from greenroom.core.redact import HIDDEN, Redactor

PASSWORD = "correct horse 7"
TOKEN = jwt.encode({"sub": "ada"}, "x" * 40, algorithm="HS256")


def test_what_was_learnt_is_hidden_wherever_it_stands() -> None:
    redactor = Redactor([PASSWORD])
    shown = redactor.text(f"{PASSWORD} and again ({PASSWORD})")
    assert shown == f"{HIDDEN} and again ({HIDDEN})"


def test_learning_goes_on_and_knows_no_pattern_characters() -> None:
    redactor = Redactor()
    assert redactor.text("a.b*c+d") == "a.b*c+d"
    redactor.learn("a.b*c+d")
    assert redactor.text("a.b*c+d aXbbc+d") == f"{HIDDEN} aXbbc+d"


@pytest.mark.parametrize(
    "written", ['pa"ss wörd&1', "pa%22ss%20w%C3%B6rd%261", "pa%22ss+w%C3%B6rd%261", 'pa\\"ss w\\u00f6rd&1']
)
def test_a_secret_is_hidden_in_an_address_a_form_and_json_too(written: str) -> None:
    assert Redactor(['pa"ss wörd&1']).text(f"<{written}>") == f"<{HIDDEN}>"


def test_a_secret_within_another_leaves_nothing_of_the_longer_one() -> None:
    redactor = Redactor(["secret", "secret-and-more"])
    assert redactor.text("secret-and-more") == HIDDEN


@pytest.mark.parametrize("short", ["", "a", "admin", "12345"])
def test_what_is_too_short_to_be_told_from_ordinary_text_is_left_alone(short: str) -> None:
    text = f"an {short or 'empty'} word"
    assert Redactor([short]).text(text) == text


@pytest.mark.parametrize("cut", [TOKEN, TOKEN.rsplit(".", 1)[0] + "."])
def test_a_jwt_is_known_by_its_shape(cut: str) -> None:
    shown = Redactor().text(f"got {cut} for Ada")
    assert shown == f"got {HIDDEN} for Ada"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("postgresql://ada:pa55@db.example/rooms", f"postgresql://ada:{HIDDEN}@db.example/rooms"),
        ("see HTTPS://ada:p@example.org/x", f"see HTTPS://ada:{HIDDEN}@example.org/x"),
        ("postgresql://ada@db.example/rooms", "postgresql://ada@db.example/rooms"),
        ("http://127.0.0.1:8080/rooms?a=b@c", "http://127.0.0.1:8080/rooms?a=b@c"),
    ],
)
def test_a_password_in_an_address(text: str, expected: str) -> None:
    assert Redactor().text(text) == expected


@pytest.mark.parametrize("name", ["password", "access_token", "refresh_token", "apikey", "api_key", "client_secret"])
def test_a_field_that_is_called_like_a_secret(name: str) -> None:
    redactor = Redactor()
    assert redactor.text(f'{{"{name}": "abc", "name": "Ada"}}') == f'{{"{name}": "{HIDDEN}", "name": "Ada"}}'
    assert redactor.text(f"{name}=abc&name=Ada") == f"{name}={HIDDEN}&name=Ada"
    assert redactor.text(f"{name.upper()}: abc") == f"{name.upper()}: {HIDDEN}"


@pytest.mark.parametrize("name", ["Authorization", "COOKIE", "set-cookie", "apikey", "X-Api-Key"])
def test_a_header_that_carries_proof_is_hidden_whole(name: str) -> None:
    assert Redactor().headers([(name, "any")]) == {name.lower(): HIDDEN}


def test_other_headers_lose_only_what_is_secret() -> None:
    shown = Redactor([PASSWORD]).headers([("Accept", "application/json"), ("Location", f"/in?p={PASSWORD}")])
    assert shown == {"accept": "application/json", "location": f"/in?p={HIDDEN}"}


def test_ordinary_text_is_left_as_it_is() -> None:
    text = '{"ok": true, "room": {"status": "idle", "title": "Passwords: how to keep them"}} eyJ is no token'
    assert Redactor().text(text).startswith('{"ok": true, "room": {"status": "idle", "title": "Passwords')
    assert "eyJ is no token" in Redactor().text(text)

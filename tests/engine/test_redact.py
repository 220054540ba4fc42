"""Secrets are kept out of everything that is written: known ones by value, unknown ones by their shape."""

from __future__ import annotations

import base64
import json
import time
from urllib.parse import quote

import jwt
import pytest

from greenroom.core.redact import HIDDEN, PERHAPS, Redactor

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
    assert redactor.text(f'{{"{name}": "a1", "name": "Ada"}}') == f'{{"{name}": "{HIDDEN}", "name": "Ada"}}'
    assert redactor.text(f"{name}=a1&name=Ada") == f"{name}={HIDDEN}&name=Ada"
    assert redactor.text(f"{name.upper()}: a1") == f"{name.upper()}: {HIDDEN}"


def test_an_ordinary_word_beside_such_a_name_is_hidden_and_proves_no_leak() -> None:
    shown = Redactor().text('{"errors": {"password": "required"}} Password: must be longer')
    assert shown == f'{{"errors": {{"password": "{PERHAPS}"}}}} Password: {PERHAPS} be longer'
    assert HIDDEN not in shown


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


OPAQUE = "q7Zt-9f_KxT2mWbR4u"
PEM = (
    "-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf\nq7Zt\n-----END RSA PRIVATE KEY-----"
)


def _as_json(value: object, times: int) -> str:
    text = json.dumps(value)
    for _ in range(times - 1):
        text = json.dumps({"inner": text})
    return text


@pytest.mark.parametrize("times", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("secret", [OPAQUE, 'a"b\\c/d&e 7', "zeile\nzwei ä 8"])
def test_a_known_secret_is_hidden_however_often_it_was_escaped(secret: str, times: int) -> None:
    written = _as_json({"said": secret}, times)
    assert Redactor([secret]).text(written) == written.replace(_escaped_in(written), HIDDEN)


def _escaped_in(written: str) -> str:
    """The innermost value as it stands in the text: between the quotes behind `said`."""
    name, _, rest = written.partition("said")
    quote = name[len(name.rstrip('\\"')) :]
    rest = rest.removeprefix(quote).removeprefix(": ").removeprefix(quote)
    return rest[: rest.rindex(quote + "}")]


@pytest.mark.parametrize("times", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("value", [OPAQUE, 'say "it" 7'])
def test_an_unknown_secret_is_hidden_by_its_name_however_often_it_was_escaped(value: str, times: int) -> None:
    shown = Redactor().text(_as_json({"refreshToken": value, "name": "Ada"}, times))
    assert OPAQUE not in shown and "say" not in shown and "Ada" in shown
    for _ in range(times - 1):
        shown = json.loads(shown)["inner"]
    assert json.loads(shown) == {"refreshToken": HIDDEN, "name": "Ada"}, "and the text is JSON as before"


@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "ada@example.org:"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_base64_of_a_secret_is_hidden_wherever_in_it_the_secret_begins(before: str, encode: type) -> None:
    written = encode(f"{before}pass?wörd>9~{OPAQUE}".encode()).decode()
    shown = Redactor([f"pass?wörd>9~{OPAQUE}"]).text(f"<{written}> <{quote(written, safe='')}>")
    assert len(shown) < 40 and HIDDEN in shown


def test_twice_encoded_for_an_address() -> None:
    twice = quote(quote(f"token={OPAQUE}/+&next=1", safe=""), safe="")
    assert OPAQUE not in Redactor().text(f"https://h/?to={twice}")
    assert "a%252Fb%252B9cd" not in Redactor(["a/b+9cd"]).text("https://h/?to=a%252Fb%252B9cd")


def test_a_private_key_on_a_console_is_hidden_whole_and_also_when_it_was_cut() -> None:
    assert Redactor().text(f"key: {PEM} end") == f"key: {HIDDEN} end"
    assert Redactor().text(f"key: {PEM[:70]}") == f"key: {HIDDEN}"
    assert "MIIBOg" not in Redactor().text(json.dumps({"k": json.dumps(PEM)}))
    assert "MIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf" not in Redactor([PEM]).text(PEM.splitlines()[1])


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        (f"Authorization: Bearer {OPAQUE}", OPAQUE),
        (f"fetch with bearer {OPAQUE}", OPAQUE),
        ("Basic YWRhOnBhNTV3b3Jk", "YWRhOnBhNTV3b3Jk"),
        ("Cookie: theme=dark; sid=abc; other=9", "sid=abc"),
        (f'{{"name":"Set-Cookie","value":"sid={OPAQUE}; Path=/"}}', OPAQUE),
        (f'[{{"name":"X-Api-Key","value":"{OPAQUE}"}}]', OPAQUE),
        (f"https://h/rooms?access_token={OPAQUE}&page=2", OPAQUE),
        ("redis://:p%40ss9@h/0", "p%40ss9"),
        ("https://ada:p@ss9@h/x", "ss9"),
        ("eyJhbGciOiJkaXIifQ..aaaaaaaa.bbbbbbbb.cccccccc eyJhbGciOi.eyJhbGciOi.aaaaaaa.bbbbbbb.ccccccc", "ccccccc "),
        (f"base64-{base64.b64encode(json.dumps({'access_token': OPAQUE}).encode()).decode()}", "eyJhY2Nl"),
    ],
)
def test_what_a_page_or_an_archive_may_say(text: str, gone: str) -> None:
    shown = Redactor().text(text)
    assert gone not in shown and HIDDEN in shown, shown


@pytest.mark.parametrize(
    "text",
    [
        "Bearer authentication failed", "Basic authentication is off", '{"token_type": "bearer", "expires_in": 3600}',
        "topic_keys=talk&idempotency_key=key-1", '{"monkey": "see", "keyboard": "qwerty1"}', "key: F5 was pressed",
        '{"access_token": null}',
    ],
)  # fmt: skip
def test_words_that_only_resemble_secrets_are_left(text: str) -> None:
    assert Redactor().text(text) == text


@pytest.mark.parametrize("short", ["admin", "1234", "12345"])
def test_a_short_secret_is_hidden_where_it_is_a_whole_value(short: str) -> None:
    redactor = Redactor([short])
    assert redactor.text(f'{{"said": "{short}"}}') == f'{{"said": "{PERHAPS}"}}'
    assert redactor.text(f"p={short}&q=1") == f"p={PERHAPS}&q=1"


@pytest.mark.parametrize("tiny", ["1", "ab", "Ada"])
def test_three_letters_are_no_secret(tiny: str) -> None:
    assert Redactor([tiny]).text(f'{{"name": "{tiny}"}} {tiny}') == f'{{"name": "{tiny}"}} {tiny}'


def test_what_a_sign_in_answers_is_learnt_at_any_depth_and_ids_are_not() -> None:
    redactor = Redactor()
    account = "01HXYZ5T9QK3M7N2P8R4S6V0WA"
    redactor.learn_answer(
        {
            "user": {"id": account, "email": "ada@example.org", "role": "authenticated"},
            "session": [{"credentials": {"refresh": "opaque-9-refresh"}, "raw": json.dumps({"idToken": OPAQUE})}],
            "nonce": "f3b1c07a9d2e44518a66",
        }
    )
    shown = redactor.text(f"{account} ada@example.org authenticated opaque-9-refresh {OPAQUE} f3b1c07a9d2e44518a66")
    assert shown == f"{account} ada@example.org authenticated {HIDDEN} {HIDDEN} {PERHAPS}"


def test_cookies_that_prove_something_are_learnt() -> None:
    redactor = Redactor()
    redactor.learn_cookies([("theme", "dark-mode"), ("sid", "s%3A9f8e7d6c5b4a39281706"), ("csrf_token", "short9x")])
    shown = redactor.text("dark-mode s%3A9f8e7d6c5b4a39281706 s:9f8e7d6c5b4a39281706 short9x")
    assert shown == f"dark-mode {HIDDEN} {HIDDEN} {HIDDEN}"


def test_a_child_knows_what_its_parent_learns_later_and_keeps_its_own() -> None:
    parent = Redactor()
    child = parent.child()
    child.learn("of-the-child-9")
    parent.learn("of-the-parent-9", "of-the")
    assert child.text("of-the-child-9 of-the-parent-9") == f"{HIDDEN} {HIDDEN}"
    assert parent.text("of-the-child-9 of-the-parent-9") == f"{HIDDEN}-child-9 {HIDDEN}"


def test_a_parsed_value_is_redacted_by_its_names() -> None:
    har = {"cookies": [{"name": "sid", "value": "x"}], "headers": [{"name": "Authorization", "value": "y"}], "n": 1}
    assert Redactor().value(har) == {
        "cookies": [{"name": "sid", "value": HIDDEN}],
        "headers": [{"name": "Authorization", "value": HIDDEN}],
        "n": 1,
    }


def test_a_long_text_is_looked_through_in_a_moment() -> None:
    redactor = Redactor([f"{OPAQUE}{number}" for number in range(50)])
    text = json.dumps(
        [{"room": f"4f6e{number:08x}-aaaa", "key": "v", "title": "a token of \\ esteem"} for number in range(4000)]
    )
    began = time.process_time()
    redactor.text(text)
    assert time.process_time() - began < 2

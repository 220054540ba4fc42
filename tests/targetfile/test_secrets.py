"""Which values of a target file are kept out of reports: by where they stand, and whether they came from a variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.errors import BadTarget
from greenroom.core.redact import Redactor
from greenroom.targetfile.load import read_target
from greenroom.targetfile.model import Target
from greenroom.targetfile.secrets import secrets_in

FILE = """\
name = "${NAME}"
version = "${VERSION}"
contact = "${CONTACT}"
environment = "shared"

[addresses]
gateway = "${GATEWAY}"
web = "https://${USER}:${PASS}@www.example.org/${FOLDER}?apikey=${QUERY}"

[database]
dsn = "${DSN}"

[people]
source = "pool"
[[people.pool]]
account_id = "${ACCOUNT}"
email = "${EMAIL}"
password = "${PASSWORD}"
name = "${SHOWN}"

[sign_in]
scheme = "password-grant"
key = "${SIGNING}"
[sign_in.request]
path = "/in"
headers = { X-Tenant = "${TENANT}", X-Api-Key = "${APIKEY}", Authorization = "${AUTH}" }
json = { email = "{email}", password = "{password}", otp = "${OTP}", flavour = "${FLAVOUR}" }
answer = { token = "access_token" }

[operations.go_live]
path = "/${PREFIX}/hooks/${HOOK}/rooms/{room}"
query = { t = "${ARGUMENT}" }
answer = { session = "id" }
"""
VARIABLES = {
    "NAME": "some-name", "VERSION": "version-12-build", "CONTACT": "contact@example.org", "FOLDER": "folder-77x",
    "GATEWAY": "https://gateway.example.org/api/v12", "USER": "robot-user", "PASS": "pa55-in-address",
    "QUERY": "query-9-key", "DSN": "postgresql://db_user:db-pa55word@db.example.org/rooms", "ACCOUNT": "account-id-123",
    "EMAIL": "ada@example.org", "PASSWORD": "pool-pa55word", "SHOWN": "Ada Lovelace", "SIGNING": "signing-secret-1",
    "TENANT": "tenant-0815", "APIKEY": "api-key-4711", "AUTH": "Bearer bear-token-99", "OTP": "otp-123456",
    "FLAVOUR": "vanilla-flavour", "PREFIX": "api-prefix", "HOOK": "T0aB9xYzW8vU7tS6rQ", "ARGUMENT": "argument-42x",
}  # fmt: skip
SECRET = {"PASS", "QUERY", "DSN", "PASSWORD", "SIGNING", "APIKEY", "AUTH", "OTP", "HOOK"}
PERHAPS_SECRET = {"TENANT", "FLAVOUR", "ARGUMENT"}


@pytest.fixture
def target(tmp_path: Path) -> Target:
    (tmp_path / "target.toml").write_text(FILE, encoding="utf-8")
    return read_target(f"{tmp_path}/", tmp_path)._replace(environment=VARIABLES).resolve()


@pytest.mark.parametrize("name", VARIABLES)
def test_what_came_from_a_variable_is_hidden_unless_its_place_is_public(target: Target, name: str) -> None:
    shown = target.secrets.taught_to(Redactor()).text(f"it says <{VARIABLES[name]}> there")
    if name in SECRET:
        assert shown == "it says <‹redacted›> there"
    elif name in PERHAPS_SECRET:
        assert shown == "it says <‹redacted?›> there"
    else:
        assert shown == f"it says <{VARIABLES[name]}> there"


@pytest.mark.parametrize("part", ["db-pa55word", "bear-token-99"])
def test_the_secret_part_is_hidden_by_itself_too(target: Target, part: str) -> None:
    assert part not in target.secrets.taught_to(Redactor()).text(f"it says {part}")


def test_words_of_the_file_are_no_secrets(target: Target) -> None:
    redactor = target.secrets.taught_to(Redactor())
    assert redactor.quoted("access_token id db_user db.example.org") == "access_token id db_user db.example.org"


def test_a_complaint_about_the_file_shows_no_secret(tmp_path: Path) -> None:
    text = FILE.replace('scheme = "password-grant"', 'scheme = "password-grant"\nlifetime = "x"')
    text = text.replace('"${GATEWAY}"', '"gateway.example.org/${PASSWORD}"')
    (tmp_path / "target.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadTarget) as complaint:
        read_target(f"{tmp_path}/", tmp_path)._replace(environment=VARIABLES).resolve()
    assert VARIABLES["PASSWORD"] not in str(complaint.value)


def test_a_target_with_another_patience_keeps_its_secrets(target: Target) -> None:
    assert target.model_copy(update={"version": "2"}).secrets == target.secrets != type(target.secrets)()


def test_variables_of_a_launched_target_are_hidden_and_its_ports_are_not() -> None:
    document = {"launch": {"environment": {"DB": "${DB_PASS}", "PORT": "${launch.port.web}"}}}
    found = secrets_in(document, document, {"DB_PASS": "a-pass-word", "launch.port.web": "41234"})
    assert "a-pass-word" in found.sure + found.perhaps
    assert "41234" not in found.sure + found.perhaps


def test_the_name_of_the_cookie_with_the_csrf_token_is_no_secret() -> None:
    document = {"sign_in": {"csrf": {"cookie": "lantern_siegel"}, "request": {"json": {"cookie": "abc123secret"}}}}
    assert secrets_in(document, document, {}).sure == ("abc123secret",)


def test_what_has_no_csrf_token_is_said_in_words_that_can_be_read() -> None:
    said = "there is no CSRF token, since nothing has set the cookie 'lantern_siegel', but 'gw_lantern_siegel'"
    assert Redactor().text(said) == said

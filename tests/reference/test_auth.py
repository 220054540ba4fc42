"""Signing up, signing in, refreshing."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

import jwt
import pytest

from tests.support.running_reference import Answer, Running, call


def auth(stack: Running, path: str, body: Any, key: str = "anon_key") -> Answer:
    return call("POST", stack["auth"] + path, body, {"apikey": stack[key]})


def fresh() -> dict[str, Any]:
    return {"email": f"{uuid4()}@Example.test", "password": "greenroom", "data": {"display_name": "Ada"}}


def test_signing_up_and_in(stack: Running) -> None:
    person = fresh()
    made = auth(stack, "/signup", person)
    assert made.status == 200 and made.body["token_type"] == "bearer" and made.body["expires_in"] == 3600
    assert made.body["user"]["email"] == person["email"].lower()
    assert made.body["user"]["user_metadata"] == {"display_name": "Ada"}
    claims = jwt.decode(made.body["access_token"], stack["jwt_secret"], ["HS256"], audience="authenticated")
    assert claims["sub"] == made.body["user"]["id"] and claims["role"] == "authenticated"
    assert claims["exp"] == made.body["expires_at"] and abs(claims["exp"] - time.time() - 3600) < 5
    assert claims["tenant_id"] == "00000000-0000-0000-0000-000000000001"
    linked = stack.sql("select display_name from app_users where user_id = %s", claims["sub"])
    assert linked == [{"display_name": "Ada"}]

    signed_in = auth(stack, "/token?grant_type=password", {**person, "email": person["email"].upper()})
    assert signed_in.status == 200 and signed_in.body["user"]["id"] == claims["sub"]
    refreshed = auth(stack, "/token?grant_type=refresh_token", {"refresh_token": signed_in.body["refresh_token"]})
    assert refreshed.status == 200 and refreshed.body["user"]["id"] == claims["sub"]
    assert stack.gateway(refreshed.body["access_token"], "GET", "/rooms/me").status == 404
    stack.sql("update auth.refresh_tokens set used_at = now() - interval '1 minute' where used_at is not null")
    again = auth(stack, "/token?grant_type=refresh_token", {"refresh_token": signed_in.body["refresh_token"]})
    assert (again.status, again.error) == (400, "invalid_grant")


def test_bad_credentials(stack: Running) -> None:
    person = fresh()
    auth(stack, "/signup", person)
    for wrong in ({**person, "password": "wrong"}, {**person, "email": "nobody@example.test"}):
        answer = auth(stack, "/token?grant_type=password", wrong)
        assert (answer.status, answer.error) == (400, "invalid_grant")
    assert auth(stack, "/token?grant_type=refresh_token", {"refresh_token": "x"}).error == "invalid_grant"
    assert auth(stack, "/token", person).error == "unsupported_grant_type"


def test_the_service_key_chooses_the_tenant(stack: Running) -> None:
    tenant = str(uuid4())
    for key, expected in (("service_key", tenant), ("anon_key", "00000000-0000-0000-0000-000000000001")):
        made = auth(stack, "/signup", {**fresh(), "app_metadata": {"tenant_id": tenant}}, key)
        claims = jwt.decode(made.body["access_token"], options={"verify_signature": False})
        assert claims["tenant_id"] == expected
    bad = auth(stack, "/signup", {**fresh(), "app_metadata": {"tenant_id": "x"}}, "service_key")
    assert bad.status == 400


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"email": "nonsense"}, 400),
        ({"email": None}, 400),
        ({"email": "a\0b@example.test"}, 400),
        ({"password": "short"}, 422),
        ({"password": 1234567}, 400),
        ({"data": {"display_name": 1}}, 400),
        ({"data": {"display_name": "a\0"}}, 400),
        ({"data": []}, 400),
    ],
)
def test_what_nobody_can_sign_up_with(stack: Running, change: dict[str, Any], status: int) -> None:
    answer = auth(stack, "/signup", {**fresh(), **change})
    assert answer.status == status and set(answer.body) == {"error", "error_description"}


def test_a_taken_address_and_a_missing_key(stack: Running) -> None:
    person = fresh()
    auth(stack, "/signup", person)
    taken = auth(stack, "/signup", {**person, "email": person["email"].upper()})
    assert (taken.status, taken.error) == (422, "user_already_exists")
    assert call("POST", stack["auth"] + "/signup", fresh(), {}).status == 401
    assert call("POST", stack["auth"] + "/nothing", fresh(), {}).status == 404

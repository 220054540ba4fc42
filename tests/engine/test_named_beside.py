"""A request that says beside its proof who asks: in headers, and in a body that can say more. What it says stays."""

from __future__ import annotations

import pytest

from greenroom.drivers.named_beside import naming
from greenroom.targetfile.model import Operation

CANCEL = Operation.model_validate({"path": "/rooms/{room}/cancel", "json": {"person": "{account}"}})


def made(**keys: object) -> Operation:
    return Operation.model_validate({"path": "/rooms/{room}/end", **keys})


@pytest.mark.parametrize("keys", [{}, {"json": {"room": "{room}"}}, {"form": {"room": "{room}"}}])
def test_it_is_said_in_headers_and_bodies(keys: dict[str, object]) -> None:
    named = naming(made(**keys), [CANCEL])
    body = named.form or named.json_
    assert named.headers["X-User-Id"] == "{account}"
    assert {"person", "user_id", "hostId"} <= set(body)
    assert body.get("room") == ("{room}" if keys else None)


def test_what_is_said_already_stays() -> None:
    named = naming(made(json={"user_id": "{guest}"}, headers={"X-User-Id": "nobody"}), [])
    assert (named.json_["user_id"], named.headers["X-User-Id"]) == ("{guest}", "nobody")


@pytest.mark.parametrize("keys", [{"method": "DELETE"}, {"json": ["{room}"]}, {"json": "{room}"}])
def test_a_body_that_can_say_no_more_stays(keys: dict[str, object]) -> None:
    described = made(**keys)
    assert naming(described, [CANCEL]).json_ == described.json_

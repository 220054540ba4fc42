"""A room that everybody may look at, signed in or not, is no broken promise; one's own room is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from greenroom.doctor.sent_operations import SIGNED_OUT, expect_refusal, refusal_line
from greenroom.drivers.outcome import CarriedOut
from greenroom.record.step import Exchange
from greenroom.targetfile.model import Operation

REFUSED = {"unauthenticated": {"status": 401}}


def said(operation: str, refusals: dict[str, Any]) -> str:
    answered = CarriedOut(operation, {}, Exchange(channel="gateway", method="GET", url="http://127.0.0.1:1/"))
    described = Operation.model_validate({"path": "/rooms/{room}", "refusals": refusals})
    examination: Any = SimpleNamespace(
        target=SimpleNamespace(operations={operation: described}),
        world=SimpleNamespace(gateway=SimpleNamespace(attempt=lambda *_, **__: answered)),
        where=lambda *path: ".".join(path),
    )
    finding = expect_refusal(examination, operation, "unauthenticated", SIGNED_OUT, room="r1")
    assert finding is not None
    return finding.detail


def test_what_the_file_does_not_call_refused_may_be_open_to_all() -> None:
    assert said("room_state", {}) == "whoever is not signed in is told as well"


@pytest.mark.parametrize(("operation", "refusals"), [("room_state", REFUSED), ("my_room", {}), ("end", {})])
def test_anything_else_is_carried_out_for_nobody(operation: str, refusals: dict[str, Any]) -> None:
    assert "a promise is broken here" in said(operation, refusals)


def test_a_sentence_is_no_code_of_a_refusal() -> None:
    assert refusal_line("malformed", 400, 'invalid input syntax for type uuid: "x"') == "malformed = { status = 400 }"
    assert refusal_line("not_idle", 409, "BUSY") == 'not_idle = { status = 409, code = "BUSY" }'

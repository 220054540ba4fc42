"""An API gateway has nothing at its bare root, and is there all the same."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from greenroom.doctor.checks.services import check_addresses
from greenroom.drivers.answer import Unanswered
from greenroom.record.step import Exchange


@pytest.mark.parametrize(
    ("cause", "status", "there"),
    [
        ("proxy-answered", 404, True),
        ("proxy-answered", 401, True),
        ("proxy-answered", 503, False),
        ("dns", None, False),
    ],
)
def test_a_gateway_without_a_route_at_its_root_answers(cause: str, status: int | None, there: bool) -> None:
    def send(*_: Any, **__: Any) -> None:
        exchange = Exchange(channel="gateway", method="GET", url="http://127.0.0.1:1/", status=status)
        raise Unanswered(cause, "gateway answered as Kong does in its place", exchange)

    examination: Any = SimpleNamespace(
        target=SimpleNamespace(addresses={"gateway": "http://127.0.0.1:1"}),
        unfilled=lambda *_: "",
        where=lambda *path: ".".join(path),
        http=SimpleNamespace(send=send),
        evidence=None,
        answering=set(),
    )
    (found,) = check_addresses.examine(examination)
    assert (found.check, "gateway" in examination.answering) == ("gateway", there)

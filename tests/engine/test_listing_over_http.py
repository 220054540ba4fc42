"""A listing over HTTP that comes in several answers is read to its end."""

from __future__ import annotations

from typing import Any

import pytest

from greenroom.claims.sources import source_for
from greenroom.core.redact import Redactor
from greenroom.drivers.account import Account
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.http import Http
from greenroom.people.person import Person
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Target
from tests.support.http_server import Server, answers, serving

LISTING = {
    "method": "GET",
    "path": "/now",
    "query": {"after": "{next}", "size": "1"},
    "answer": {"entries": "shows[].{room_id: room, status: status}", "next_or_none": "more.after"},
}
ADA = Person("Ada", Account("a1", "Ada"), room_id="2")


def listed(server: Server, rooms: list[str]) -> list[str]:
    told: dict[str, Any] = {"name": "some", "environment": "disposable", "addresses": {"gateway": server.address}}
    target = Target.model_validate(told | {"people": {"source": "api"}, "operations": {"listing": LISTING}})
    gateway = Gateway(target, Http(target, "run"), Evidence(Redactor()))
    return [str(row["room_id"]) for row in source_for(target, gateway, None).look([ADA], rooms).all("listing")]


def page(room: int, after: object) -> Any:
    return answers(200, {"shows": [{"room": room, "status": "live"}], "more": {"after": after}})


@pytest.mark.parametrize("last", [None, "", "c2"])
def test_answer_after_answer_until_nothing_follows(last: object) -> None:
    with serving(page(1, "c1"), page(2, "c2"), page(2, last)) as server:
        assert listed(server, ["2"]) == ["2", "2"]
        asked = [path for _, path, _, _ in server.seen]
    assert asked == ["/now?size=1", "/now?after=c1&size=1", "/now?after=c2&size=1"]


def test_an_answer_that_says_nothing_of_another_is_the_only_one() -> None:
    with serving(answers(200, {"shows": [{"room": 2, "status": "live"}]})) as server:
        assert listed(server, ["2"]) == ["2"]
        assert len(server.seen) == 1

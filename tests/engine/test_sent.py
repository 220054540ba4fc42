"""Which operations a step sent: by method and address, those that were carried out, and a page's by its own names."""

from __future__ import annotations

from typing import Any

import pytest

from greenroom.outcome.sent import operation_of, operations_in
from greenroom.record.evidence import OpenStep
from greenroom.record.step import Exchange
from greenroom.targetfile.model import Target

TARGET = Target.model_validate(
    {
        "name": "some",
        "environment": "disposable",
        "addresses": {"gateway": "http://gateway/api", "data_api": "http://data/rest"},
        "people": {"source": "api"},
        "operations": {
            "end": {"path": "/rooms/{room}/end"},
            "room_state": {"method": "GET", "path": "/rooms/{room}"},
            "waiting": {"path": "/functions/lobby", "answer": {"people": "[].id"}},
            "join": {"path": "/rooms/{room}/actions", "json": {"action": "join"}},
            "leave": {"path": "/rooms/{room}/actions", "json": {"action": "leave"}},
            "tamper_room": {"service": "data_api", "method": "PATCH", "path": "/rooms?id=eq.{room}"},
        },
        "page_requests": {
            "end_fallback": [{"service": "data_api", "method": "PATCH", "path": "/rooms"}],
            "host_lookup": [{"service": "gateway", "method": "POST", "path": "/functions/room_state"}],
            "data_api": [{"service": "data_api", "method": "*", "path": "/**"}],
        },
    }
)


def sent(method: str, url: str, **different: Any) -> Exchange:
    told: dict[str, Any] = {"channel": "gateway", "status": 200}
    return Exchange(method=method, url=url, **told | different)


@pytest.mark.parametrize(
    ("exchange", "name"),
    [
        (sent("POST", "http://gateway/api/rooms/r1/end"), "end"),
        (sent("POST", "http://gateway/api/rooms/r1/end", origin="page"), "end"),
        (sent("POST", "http://gateway/api/rooms/r1/r2/end"), ""),
        (sent("PUT", "http://gateway/api/rooms/r1/end"), ""),
        (sent("POST", "http://gateway/api/rooms/r1/actions", request_body='{"action": "leave"}'), "leave"),
        (sent("POST", "http://elsewhere/api/rooms/r1/end"), ""),
        (sent("PATCH", "http://data/rest/rooms?id=eq.r1"), "tamper_room"),
        (sent("PATCH", "http://data/rest/rooms?id=eq.r1", origin="page", channel="data_api"), "end_fallback"),
        (sent("POST", "http://data/rest/other", origin="page", channel="data_api"), "the page's data_api"),
    ],
)
def test_a_request_is_known_by_method_and_address(exchange: Exchange, name: str) -> None:
    assert operation_of(TARGET, exchange) == name


def test_only_what_was_carried_out_and_changes_something_is_named() -> None:
    step = OpenStep("When", "s", 1)
    end = "http://gateway/api/rooms/r1/end"
    step.exchanges += [sent("GET", "http://gateway/api/rooms/r1"), sent("POST", end, status=503)]
    step.exchanges += [sent("POST", end, status=None), sent("POST", end, fault="answers 503")]
    step.exchanges += [sent("POST", "http://gateway/api/functions/lobby")]  # a table API's functions are called so
    step.exchanges += [sent("POST", "http://gateway/api/functions/room_state", origin="page")]
    assert operations_in(TARGET, step) == []
    step.exchanges += [sent("POST", end), sent("POST", end)]
    assert operations_in(TARGET, step) == ["end"]

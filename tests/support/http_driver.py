"""The HTTP driver of a target that has nothing but a gateway, and one request sent with it."""

from __future__ import annotations

from typing import Any

from greenroom.core.redact import Redactor
from greenroom.drivers.answer import Answer
from greenroom.drivers.http import Http
from greenroom.record.events import Exchange
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Request, Target


def http_to(address: str, *, ids: str = "text", **deadlines: float) -> Http:
    """The driver of a target whose gateway is at that address."""
    target = Target.model_validate(
        {
            "name": "some",
            "environment": "disposable",
            "addresses": {"gateway": address},
            "people": {"source": "api"},
            "ids": ids,
            "unknown_room": "99" if ids == "number" else "nowhere",
            "operations": {},
            "deadlines": deadlines,
        }
    )
    return Http(target, "20260215-100000-abcd")


def ask(
    http: Http, method: str = "GET", values: dict[str, Any] | None = None, **request: Any
) -> tuple[Answer, Exchange]:
    """The answer to one request, and the evidence of it."""
    evidence = Evidence(Redactor(["correct horse 7"]))
    described = Request.model_validate({"path": "/rooms", "method": method} | request)
    answer = http.send(described, values or {}, evidence, who="Ada")
    return answer, evidence.current.exchanges[-1]

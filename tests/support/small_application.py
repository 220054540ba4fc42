"""A small application behind a real server, and a gateway's driver for it: for tests about answers."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import Any

from greenroom.core.redact import Redactor
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.http import Http
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Target
from tests.support.http_server import Behaviour, Server, answers

REFUSED = answers(401, {"error": "UNAUTHENTICATED"})
CODES = {"unauthenticated": {"status": 401, "code": "UNAUTHENTICATED"}}
OPERATIONS: dict[str, Any] = {
    "end": {"path": "/rooms/{room}/end", "refusals": CODES},
    "leave": {"path": "/rooms/{room}/leave", "refusals": CODES},
    "go_live": {"path": "/rooms/{room}/sessions", "answer": {"session": "session"}},
    "room_state": {"method": "GET", "path": "/rooms/{room}", "answer": {"status": "status"}},
}


class Application:
    """Answers each path as told; by default the probe is well and all else is refused."""

    def __init__(self, **behaviours: Behaviour | list[Behaviour]) -> None:
        self._behaviours = behaviours

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        word = handler.path.rpartition("/")[2]
        behave = self._behaviours.get(word, answers() if word == "health" else REFUSED)
        if isinstance(behave, list):
            behave = behave.pop(0) if len(behave) > 1 else behave[0]
        behave(handler)


def gateway(server: Server, *, probe: bool = True, **more: Any) -> Gateway:
    """A driver for the application behind a server, with `more` operations."""
    target = Target.model_validate(
        {
            "name": "some",
            "environment": "disposable",
            "addresses": {"gateway": server.address},
            "people": {"source": "api"},
            "probe": {"method": "GET", "path": "/health"} if probe else None,
            "operations": OPERATIONS | more,
            "deadlines": {"answer": 0.2},
        }
    )
    return Gateway(target, Http(target, "run"), Evidence(Redactor()))


def sent(server: Server, word: str) -> int:
    """How many requests came for paths that end so."""
    return sum(path.endswith(f"/{word}") for _, path, _, _ in server.seen)

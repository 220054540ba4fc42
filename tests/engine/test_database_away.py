"""An answer that says by its code that a database is away breaks no promise; what a query did does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from greenroom.drivers.environment import Cause, not_the_application
from greenroom.targetfile.model import Target

ADDRESS = "https://rooms.test/api"


def cause(status: int, body: dict[str, Any], code: str = "NOT_HOST") -> Cause | None:
    end = {"path": "/end", "answer": {"status": "status"}, "refusals": {"not_host": {"status": 403, "code": code}}}
    given = {"name": "some", "environment": "shared", "addresses": {"gateway": ADDRESS}, "people": {"source": "pool"}}
    target = Target.model_validate({**given, "operations": {"end": end}})
    return not_the_application(target, "gateway", "POST", f"{ADDRESS}/end", status, {}, json.dumps(body))


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, {"code": "PGRST002", "message": "Could not query the database for the schema cache. Retrying."}),
        (504, {"code": "PGRST003", "message": "Timed out acquiring connection from connection pool."}),
        (503, {"code": "53300", "message": "sorry, too many clients already"}),
        (500, {"error": {"code": "57P03", "message": "the database system is starting up"}}),
        (500, {"ok": False, "error": "P1001"}),
        (500, {"errorCode": "57P01"}),
    ],
)
def test_a_database_that_is_away(status: int, body: dict[str, Any]) -> None:
    found = cause(status, body)
    assert found and found.code == "database-away" and f"answered {status} with " in found.words


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, {"code": "57014", "message": "canceling statement due to statement timeout"}),
        (500, {"code": "40P01", "message": "deadlock detected"}),
        (503, {"ok": False, "error": "UNAVAILABLE"}),
        (400, {"code": "PGRST002"}),
        (500, {"error": {"code": ["57P03"]}}),
    ],
)
def test_what_is_the_applications_own(status: int, body: dict[str, Any]) -> None:
    assert cause(status, body) is None


def test_a_code_that_the_file_lists_is_the_applications() -> None:
    assert cause(503, {"error": "PGRST002"}, code="PGRST002") is None

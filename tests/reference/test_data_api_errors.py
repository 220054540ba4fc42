"""What the data API says of the database's errors: one that can't be written to is not one out of reach."""

from __future__ import annotations

import json

import psycopg
import pytest

from reference.data_api.errors import failure, from_database


def test_a_view_that_nobody_may_write_to_is_no_database_out_of_reach() -> None:
    found = from_database(psycopg.errors.ObjectNotInPrerequisiteState("cannot insert into view"), "authenticated")
    assert found is not None and found.status == 500
    assert (found.body["code"], found.body["message"]) == ("55000", "the request can't be carried out")


@pytest.mark.parametrize("error", [psycopg.OperationalError("server closed the connection"), TimeoutError()])
def test_a_database_that_does_not_answer_is_said_to(error: Exception) -> None:
    answer = failure(error)
    assert answer.status_code == 503 and json.loads(bytes(answer.body))["code"] == "PGRST000"

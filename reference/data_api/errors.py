"""Errors in the dialect of PostgREST, saying what is wrong and nothing of how the database is asked (S3)."""

from __future__ import annotations

import psycopg
from starlette.responses import Response

from reference.http_common import answer
from reference.pool import UNAVAILABLE

# SQLSTATE or its class: the status. What is not here is an unexpected failure.
_STATUS = {
    "42501": 403,
    "42703": 400,
    "42804": 400,
    "42883": 400,
    "42P10": 400,
    "21000": 400,
    "428C9": 400,
    "22": 400,
    "23503": 409,
    "23505": 409,
    "23": 400,
    "55": 500,  # a view that nobody may write to, say: the database is there
}
# Where the database's own sentence may quote more than the caller's words.
_SAFE = {"42501", "42703", "22P02", "22007", "22008", "23502", "23503", "23505", "23514", "42P10"}


class ApiError(Exception):
    """A refusal: PostgREST's four fields and the status."""

    def __init__(self, status: int, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"code": code, "message": message, "details": None, "hint": hint}

    def response(self) -> Response:
        return answer(self.body, self.status)


def from_database(error: psycopg.Error, role: str) -> ApiError | None:
    """What the caller is told; None for an error that is not their mistake. A visitor is asked to sign in (401)."""
    state = error.sqlstate or ""
    status = _STATUS.get(state) or _STATUS.get(state[:2])
    if isinstance(error, psycopg.DataError) and not state:  # refused before it was sent, as a NUL character is
        return ApiError(400, "22P02", "a value can't be stored")
    if status is None:
        return None
    if state == "42501" and role == "anon":
        status = 401
    primary = error.diag.message_primary
    return ApiError(status, state, primary if primary and state in _SAFE else "the request can't be carried out")


def failure(error: Exception) -> Response:
    """The answer to what nobody expected."""
    if isinstance(error, UNAVAILABLE):
        return ApiError(503, "PGRST000", "the database does not answer").response()
    return ApiError(500, "XX000", "unexpected failure").response()

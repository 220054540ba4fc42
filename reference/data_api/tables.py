"""The table routes: reading and writing rows as the caller."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import psycopg
from starlette.requests import Request
from starlette.responses import Response

from reference.data_api import query
from reference.data_api.access import Access, access_of, acting_as
from reference.data_api.errors import ApiError, from_database
from reference.data_api.query import Statement
from reference.http_common import parse_json, read_body
from reference.pool import ATTEMPTS, COLLISION, Connection, Pool
from reference.settings import Keys

_OBJECT = "application/vnd.pgrst.object+json"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the Prefer and Accept headers ask for."""

    returning: bool
    counted: bool
    resolution: str | None
    single: bool

    @classmethod
    def of(cls, request: Request) -> Wishes:
        prefer = {item.strip() for header in request.headers.getlist("prefer") for item in header.split(",")}
        resolution = next((item.partition("=")[2] for item in prefer if item.startswith("resolution=")), None)
        if resolution not in (None, "merge-duplicates", "ignore-duplicates"):
            raise ApiError(400, "PGRST122", "resolution must be merge-duplicates or ignore-duplicates")
        return cls(
            "return=representation" in prefer,
            "count=exact" in prefer,
            resolution,
            _OBJECT in request.headers.get("accept", ""),
        )


async def table(request: Request, pool: Pool, keys: Keys) -> Response:
    """GET, HEAD, POST, PATCH and DELETE of `/<table>`. Raises ApiError."""
    access = access_of(request, keys)
    name = request.path_params["table"]
    if name not in query.TABLES:
        raise ApiError(404, "PGRST205", "there is no such table")
    wishes = Wishes.of(request)
    reading = request.method in ("GET", "HEAD")
    statement = await _statement(request, name, wishes)
    counting = query.count(name, list(request.query_params.multi_items())) if wishes.counted and reading else None
    text, number, total = await run(pool, access, statement, counting, single=wishes.single)
    if wishes.counted and total is None:
        total = number
    return _response(request, wishes, text, number, total)


async def run(
    pool: Pool, access: Access, statement: Statement, counting: Statement | None = None, *, single: bool = False
) -> tuple[str | None, int, int | None]:
    """The statement's text and number of rows, and the whole count. All of it or nothing. Raises ApiError."""
    for left in reversed(range(ATTEMPTS)):
        try:
            async with acting_as(pool, access) as connection:
                total = (await _row(connection, counting))[1] if counting else None
                text, number = await _row(connection, statement)
                if single and number != 1:
                    raise ApiError(406, "PGRST116", "JSON object requested, multiple (or no) rows returned")
                return text, number, total
        except COLLISION:
            if not left:
                raise
            await asyncio.sleep(0)
        except psycopg.Error as error:
            told = from_database(error, access.role)
            if told is None:
                raise
            raise told from error
    raise AssertionError("unreachable")


async def _statement(request: Request, name: str, wishes: Wishes) -> Statement:
    parameters = list(request.query_params.multi_items())
    returning = wishes.returning or (wishes.single and request.method not in ("GET", "HEAD"))
    if request.method in ("GET", "HEAD"):
        return query.select(name, parameters)
    if request.method == "DELETE":
        return query.delete(name, parameters, returning=returning)
    body: Any = parse_json(await read_body(request))
    if request.method == "PATCH":
        return query.update(name, parameters, body, returning=returning)
    return query.insert(name, parameters, body, resolution=wishes.resolution, returning=returning)


async def _row(connection: Connection, statement: Statement) -> tuple[str | None, int]:
    row = await (await connection.execute(statement.query, statement.values)).fetchone()
    assert row is not None
    return row[0], row[1]


def _response(request: Request, wishes: Wishes, text: str | None, number: int, total: int | None) -> Response:
    first = int(request.query_params.get("offset") or 0) if request.method in ("GET", "HEAD") else 0
    span = f"{first}-{first + number - 1}" if number and text is not None else "*"
    headers = {"Content-Range": f"{span}/{'*' if total is None else total}"}
    if text is None:
        return Response(None, 201 if request.method == "POST" else 204, headers)
    if wishes.single:
        text = text.strip()[1:-1]
    status = 201 if request.method == "POST" else 206 if total is not None and number < total else 200
    media = f"{_OBJECT if wishes.single else 'application/json'}; charset=utf-8"
    return Response("" if request.method == "HEAD" else text, status, headers, media_type=media)

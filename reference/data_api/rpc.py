"""The two functions that the data API offers: bringing a room to rest, for its host."""

from __future__ import annotations

from typing import Any

from psycopg import sql
from starlette.requests import Request
from starlette.responses import Response

from reference.data_api.access import access_of
from reference.data_api.errors import ApiError
from reference.data_api.query import Statement
from reference.data_api.tables import run
from reference.http_common import parse_json, read_body
from reference.pool import Pool
from reference.settings import Keys

FUNCTIONS = ("reset_live_room", "end_live_room")
_ARGUMENT = "p_room_id"


async def rpc(request: Request, pool: Pool, keys: Keys) -> Response:
    """POST `/rpc/<function>` with `{"p_room_id"}`. Raises ApiError."""
    access = access_of(request, keys)
    name = request.path_params["function"]
    body: Any = parse_json(await read_body(request))
    if name not in FUNCTIONS or not isinstance(body, dict) or set(body) != {_ARGUMENT}:
        raise ApiError(404, "PGRST202", "there is no such function with these arguments")
    if not isinstance(body[_ARGUMENT], str):
        raise ApiError(400, "22P02", f"{_ARGUMENT} must be a UUID")
    query = sql.SQL("select public.{}({})::text, 1").format(sql.Identifier(name), sql.Placeholder())
    text, _, _ = await run(pool, access, Statement(query, [body[_ARGUMENT]]))
    return Response(text, 200, media_type="application/json; charset=utf-8")

"""Statements for the five tables: reading, inserting, changing, deleting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from psycopg import sql
from psycopg.types.json import Json

from reference.data_api.errors import ApiError
from reference.data_api.filters import column, plain, where

# The key that an upsert meets on, where the request does not say.
TABLES = {
    "app_users": "user_id",
    "live_rooms": "id",
    "live_room_sessions": "id",
    "live_room_attendance": "id",
    "community_live_streams": "id",
}
_ORDER = re.compile(r"([^.]+)(?:\.(asc|desc))?(?:\.(nullsfirst|nullslast))?")
_NULLS = {None: "", "nullsfirst": " nulls first", "nullslast": " nulls last"}


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL and its parameters. It gives one row: the rows as JSON text (null where not wanted), and how many."""

    query: sql.Composed
    values: list[Any]


Parameters = list[tuple[str, str]]


def select(table: str, parameters: Parameters) -> Statement:
    """The rows asked for, in order."""
    condition, values = where(table, parameters)
    given = dict(parameters)
    query = sql.SQL("select {} from public.{}{}{}{}{}").format(
        _columns(table, given.get("select")),
        sql.Identifier(table),
        condition,
        _order(given.get("order")),
        _number("limit", given.get("limit")),
        _number("offset", given.get("offset")),
    )
    whole = sql.SQL("select coalesce(json_agg(_row), '[]')::text, count(*) from ({}) _row").format(query)
    return Statement(whole, values)


def count(table: str, parameters: Parameters) -> Statement:
    """How many rows the filters match."""
    condition, values = where(table, parameters)
    query = sql.SQL("select null::text, count(*) from public.{}{}").format(sql.Identifier(table), condition)
    return Statement(query, values)


def insert(table: str, parameters: Parameters, body: Any, *, resolution: str | None, returning: bool) -> Statement:
    """One row or many; `resolution` merge-duplicates or ignore-duplicates makes it an upsert."""
    rows = body if isinstance(body, list) else [body]
    keys = _keys(rows)
    given = dict(parameters)
    if not rows:
        return Statement(sql.SQL("select '[]'::text, 0").format(), [])
    target = sql.Identifier(table)
    names = sql.SQL(", ").join(column(key) for key in keys)
    if keys:
        query = sql.SQL(
            "insert into public.{} ({}) select {} from json_populate_recordset(null::public.{}, {})"
        ).format(target, names, names, target, sql.Placeholder())
        values: list[Any] = [Json(rows)]
    else:
        query = sql.SQL("insert into public.{} default values").format(target)
        values = []
    if resolution:
        query += _on_conflict(given.get("on_conflict") or TABLES[table], keys, resolution)
    return _returning(table, query, values, parameters, returning)


def update(table: str, parameters: Parameters, body: Any, *, returning: bool) -> Statement:
    """The rows that the filters match. Raises ApiError where there is no filter."""
    keys = _keys([body])
    if not keys:
        raise ApiError(400, "PGRST102", "the body must be an object with a column to change")
    condition, values = _required(table, parameters)
    target = sql.Identifier(table)
    changes = sql.SQL(", ").join(sql.SQL("{} = _new.{}").format(column(key), column(key)) for key in keys)
    query = sql.SQL("update public.{} set {} from json_populate_record(null::public.{}, {}) _new{}").format(
        target, changes, target, sql.Placeholder(), condition
    )
    return _returning(table, query, [Json(body), *values], parameters, returning)


def delete(table: str, parameters: Parameters, *, returning: bool) -> Statement:
    """The rows that the filters match. Raises ApiError where there is no filter."""
    condition, values = _required(table, parameters)
    query = sql.SQL("delete from public.{}{}").format(sql.Identifier(table), condition)
    return _returning(table, query, values, parameters, returning)


def _columns(table: str, text: str | None) -> sql.Composable:
    if text is None or text.strip() in ("", "*"):
        return sql.SQL("{}.*").format(sql.Identifier(table))
    names = [name.strip() for name in text.split(",")]
    if "*" in names:
        return sql.SQL("{}.*").format(sql.Identifier(table))
    return sql.SQL(", ").join(sql.Identifier(table, plain(name)) for name in dict.fromkeys(names))


def _order(text: str | None) -> sql.Composable:
    if not text:
        return sql.SQL("")
    terms = []
    for term in text.split(","):
        found = _ORDER.fullmatch(term.strip())
        if not found:
            raise ApiError(400, "PGRST100", f"{term[:80]!r} is not an order")
        terms.append(sql.SQL("{} {}{}").format(column(found[1]), sql.SQL(found[2] or "asc"), sql.SQL(_NULLS[found[3]])))
    return sql.SQL(" order by {}").format(sql.SQL(", ").join(terms))


def _number(word: str, text: str | None) -> sql.Composable:
    if text is None:
        return sql.SQL("")
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ApiError(400, "PGRST100", f"{word} must be a whole number")
    return sql.SQL(" {} {}").format(sql.SQL(word), sql.Literal(int(text)))


def _keys(rows: list[Any]) -> list[str]:
    """The columns of the body. Raises ApiError where the rows are no objects or do not have the same."""
    if not all(isinstance(row, dict) for row in rows):
        raise ApiError(400, "PGRST102", "the body must be an object, or a list of objects")
    if any(row.keys() != rows[0].keys() for row in rows):
        raise ApiError(400, "PGRST102", "All object keys must match")
    return list(rows[0]) if rows else []


def _required(table: str, parameters: Parameters) -> tuple[sql.Composable, list[Any]]:
    condition, values = where(table, parameters)
    if condition == sql.SQL(""):
        raise ApiError(400, "21000", "a filter is required to change or delete rows")
    return condition, values


def _on_conflict(target: str, keys: list[str], resolution: str) -> sql.Composed:
    met = target.split(",")
    changed = [key for key in keys if key not in met]
    names = sql.SQL(", ").join(column(name.strip()) for name in met)
    if resolution == "ignore-duplicates" or not changed:
        return sql.SQL(" on conflict ({}) do nothing").format(names)
    changes = sql.SQL(", ").join(sql.SQL("{} = excluded.{}").format(column(key), column(key)) for key in changed)
    return sql.SQL(" on conflict ({}) do update set {}").format(names, changes)


def _returning(table: str, query: sql.Composed, values: list[Any], parameters: Parameters, wanted: bool) -> Statement:
    """With the changed rows where they are wanted: reading them back takes the right to read them."""
    if wanted:
        query = sql.SQL("{} returning {}").format(query, _columns(table, dict(parameters).get("select")))
        whole = "with _row as ({}) select coalesce(json_agg(_row), '[]')::text, count(*) from _row"
    else:
        whole = "with _row as ({} returning 1) select null::text, count(*) from _row"
    return Statement(sql.SQL(whole).format(query), values)

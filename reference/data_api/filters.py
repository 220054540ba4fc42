"""Filters of the query string, `column=operator.value`, as conditions. Columns are quoted, values are parameters."""

from __future__ import annotations

import re
from typing import Any

from psycopg import sql

from reference.data_api.errors import ApiError

Condition = tuple[sql.Composable, list[Any]]

COLUMN = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
RESERVED = {"select", "order", "limit", "offset", "on_conflict", "columns", "apikey"}

_COMPARISONS = {"eq": "=", "neq": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_PATTERNS = {"like": "like", "ilike": "ilike"}
_IS = {
    "null": "is null",
    "not_null": "is not null",
    "true": "is true",
    "false": "is false",
    "unknown": "is unknown",
}
_DEEPEST = 4
OPERATORS = "eq neq gt gte lt lte in is like ilike not"


def plain(name: str) -> str:
    """`name`, which can be a column's. Raises ApiError where it can't."""
    if not COLUMN.fullmatch(name):
        raise ApiError(400, "PGRST100", f"{name[:80]!r} is not a column")
    return name


def column(name: str) -> sql.Identifier:
    """A quoted column. Raises ApiError for what can't be one."""
    return sql.Identifier(plain(name))


def where(table: str, parameters: list[tuple[str, str]]) -> Condition:
    """All filters of the query string together, on columns of `table`; an empty condition where there is none."""
    conditions = [
        _group(table, value, key, 0) if key in ("or", "and") else _filter(table, key, value)
        for key, value in parameters
        if key not in RESERVED
    ]
    if not conditions:
        return sql.SQL(""), []
    joined, values = _join(conditions, "and")
    return sql.SQL(" where {}").format(joined), values


def _join(conditions: list[Condition], word: str) -> Condition:
    joined = sql.SQL(f" {word} ").join(condition for condition, _ in conditions)
    return sql.SQL("({})").format(joined), [value for _, values in conditions for value in values]


def _filter(table: str, name: str, text: str) -> Condition:
    operator, dot, value = text.partition(".")
    if operator == "not" and dot:
        condition, values = _filter(table, name, value)
        return sql.SQL("(not {})").format(condition), values
    target = sql.Identifier(table, plain(name))
    if dot and operator in _COMPARISONS:
        return sql.SQL("{} {} {}").format(target, sql.SQL(_COMPARISONS[operator]), sql.Placeholder()), [value]
    if dot and operator in _PATTERNS:
        pattern = value.replace("*", "%")
        return sql.SQL("{}::text {} {}").format(target, sql.SQL(_PATTERNS[operator]), sql.Placeholder()), [pattern]
    if dot and operator == "is" and value.lower() in _IS:
        return sql.SQL("{} {}").format(target, sql.SQL(_IS[value.lower()])), []
    if dot and operator == "in" and value.startswith("(") and value.endswith(")"):
        items = [_unquoted(item) for item in _split(value[1:-1])]
        if not items:
            return sql.SQL("false"), []
        places = sql.SQL(", ").join([sql.Placeholder()] * len(items))
        return sql.SQL("{} in ({})").format(target, places), items
    raise ApiError(400, "PGRST100", f"{text[:80]!r} is not a filter", f"operators: {OPERATORS}")


def _group(table: str, text: str, word: str, depth: int) -> Condition:
    """`(a.eq.1,and(b.eq.2,c.is.null))` as conditions joined by `word`."""
    if not (text.startswith("(") and text.endswith(")")) or depth > _DEEPEST:
        raise ApiError(400, "PGRST100", f"{text[:80]!r} is not a list of filters")
    conditions = []
    for item in _split(text[1:-1]):
        nested = re.match(r"(or|and)(\(.*\))$", item, re.DOTALL)
        if nested:
            conditions.append(_group(table, nested[2], nested[1], depth + 1))
        else:
            name, _, rest = item.partition(".")
            conditions.append(_filter(table, name, rest))
    if not conditions:
        raise ApiError(400, "PGRST100", "an empty list of filters")
    return _join(conditions, word)


def _split(text: str) -> list[str]:
    """At the commas that are neither inside double quotes nor inside brackets."""
    items: list[str] = []
    start = depth = 0
    quoted = escaped = False
    for at, char in enumerate(text):
        if escaped:
            escaped = False
        elif quoted and char == "\\":
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif not quoted and char in "()":
            depth += 1 if char == "(" else -1
        elif not quoted and depth == 0 and char == ",":
            items.append(text[start:at])
            start = at + 1
    return [*items, text[start:]] if text else []


def _unquoted(item: str) -> str:
    if len(item) >= 2 and item.startswith('"') and item.endswith('"'):
        return re.sub(r"\\(.)", r"\1", item[1:-1])
    return item

"""Opens a connection to a database, whether its server answers itself or a pooler stands in front of it.

A pooler that hands out its connections a transaction at a time has three peculiarities: it may refuse settings when a
connection is opened, a query that one statement prepares is unknown to the next, and a lock of the session belongs to
whoever comes next.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from greenroom.drivers.statement_deadline import StatementDeadline
from greenroom.drivers.trust import trusting_dsn

_CONNECT_SECONDS = 10
_NO_SETTINGS = "unsupported startup parameter"
"""What poolers say of settings that they know nothing of, each in words of its own behind it."""

Connection = psycopg.Connection[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection, and what can be relied on: that its settings hold, that the server itself answers, and that a query
    which is prepared is planned once for all values."""

    raw: Connection
    has_settings: bool
    is_pooled: bool
    plans_once: bool


def open_connection(
    dsn: str, settings: Mapping[str, str], *, called: str, deadline: StatementDeadline | None = None, **more: Any
) -> Opened:
    """Connect, with these settings where they are taken, beside those of the DSN; `called` is how the server's lists
    name us. Raises psycopg.Error when the database can't be reached, or does not answer within the deadline."""
    own = conninfo_to_dict(dsn).get("options") or ""
    options = " ".join([str(own), *(f"-c {name}={value}" for name, value in settings.items())]).strip()
    given: dict[str, Any] = {
        "autocommit": True,
        "row_factory": dict_row,
        "connect_timeout": _CONNECT_SECONDS,
        "application_name": called,
        **more,
    }
    try:
        raw, has_settings = psycopg.connect(trusting_dsn(dsn), options=options, **given), True
    except psycopg.OperationalError as error:
        if _NO_SETTINGS not in str(error):
            raise
        raw, has_settings = psycopg.connect(trusting_dsn(dsn), **given), False
    with deadline.kept(raw) if deadline is not None else nullcontext():
        is_pooled, plans_once = _looked_at(raw)
    if is_pooled:
        raw.prepare_threshold = None
    return Opened(raw, has_settings, is_pooled, plans_once)


def _looked_at(raw: Connection) -> tuple[bool, bool]:
    """Whether a pooler stands in between, and whether queries are planned once. A pooler shows by the server process,
    which is not the one that it names; nothing is set on a connection that is somebody else's next."""
    set_it = "set_config('plan_cache_mode', 'force_generic_plan', false)"
    own = f"select case when pg_backend_pid() = %(pid)s then {set_it} end as found"
    try:
        row = raw.execute(own, {"pid": raw.info.backend_pid}, prepare=False).fetchone()
    except psycopg.OperationalError:
        raise
    except psycopg.Error:  # before PostgreSQL 12 there is no such setting
        return False, False
    planned = row is not None and row["found"] is not None
    return not planned, planned

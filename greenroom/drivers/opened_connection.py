"""Opens a connection to a database, whether its server answers itself or a pooler stands in front of it.

A pooler that hands out its connections a transaction at a time has three peculiarities: it may refuse settings when a
connection is opened, a query that one statement prepares is unknown to the next, and a lock of the session belongs to
whoever comes next.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row

from greenroom.drivers.statement_deadline import StatementDeadline
from greenroom.drivers.trust import trusting_dsn

_CONNECT_SECONDS = 10
_NO_SETTINGS = "unsupported startup parameter"
"""What poolers say of settings that they know nothing of, each in words of its own behind it."""

Connection = psycopg.Connection[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection; whether a pooler stands between, and whether a query that is prepared is planned once for all
    values."""

    raw: Connection
    is_pooled: bool
    plans_once: bool


def open_connection(
    dsn: str, settings: Mapping[str, str], *, called: str, deadline: StatementDeadline | None = None, **more: Any
) -> Opened:
    """Connect, with these settings beside those of the DSN; behind a pooler they are set with each statement. `called`
    is how the server's lists name us. Raises psycopg.Error when the database can't be reached, or does not answer
    within the deadline."""
    own = conninfo_to_dict(dsn).get("options") or ""
    options = " ".join([str(own), *(f"-c {name}={value}" for name, value in settings.items())]).strip()
    given: dict[str, Any] = {
        "autocommit": True,
        "row_factory": dict_row,
        "connect_timeout": _CONNECT_SECONDS if deadline is None else math.ceil(min(_CONNECT_SECONDS, deadline.seconds)),
        "application_name": called,
        **more,
    }
    try:
        raw = _SetAnew.connect(trusting_dsn(dsn), options=options, **given)
    except psycopg.OperationalError as error:
        if _NO_SETTINGS not in str(error):
            raise
        raw = _SetAnew.connect(trusting_dsn(dsn), **given)
    with deadline.kept(raw) if deadline is not None else nullcontext():
        is_pooled, plans_once = _looked_at(raw)
    if is_pooled:  # which may as well have taken the settings and done nothing with them
        raw.prepare_threshold, raw.settings = None, _of_a_transaction(settings)
    return Opened(raw, is_pooled, plans_once)


class _SetAnew(psycopg.Connection[dict[str, Any]]):
    """A connection on which each statement that stands alone has a transaction with these settings."""

    settings: sql.Composed | None = None

    def execute(self, *args: Any, **options: Any) -> Any:
        stands_alone = self.autocommit and self.info.transaction_status is TransactionStatus.IDLE
        if self.settings is None or not stands_alone:
            return super().execute(*args, **options)
        with self.transaction():
            super().execute(self.settings, prepare=False)
            return super().execute(*args, **options)


def _of_a_transaction(settings: Mapping[str, str]) -> sql.Composed:
    """Statements that set them for one transaction. What is the default for those to come says nothing of it."""
    every = (
        sql.SQL("set local {} = {}").format(sql.Identifier(name.removeprefix("default_")), sql.Literal(value))
        for name, value in settings.items()
    )
    return sql.SQL("; ").join(every)


def _looked_at(raw: Connection) -> tuple[bool, bool]:
    """Whether a pooler stands in between, and whether queries are planned once: over five relations planning takes
    longer than the query itself, and PostgreSQL would plan it anew five times.

    A pooler shows by the server process, which is not the one that it names. Nothing is set there on a connection that
    is somebody else's next.
    """
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

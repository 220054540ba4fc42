"""What can be done about a complaint of the database's."""

from __future__ import annotations

import psycopg

_ROLE = "the role of [database] dsn"
_BY_STATE = {
    "57014": f"{_ROLE} has a statement_timeout, or somebody cancels: ALTER ROLE … SET statement_timeout",
    "55P03": f"somebody holds a lock for longer than the lock_timeout of {_ROLE}",
    "25P03": f"{_ROLE} has an idle_in_transaction_session_timeout: give it a longer one",
    "53300": "all connections are taken: fewer workers (-n), or a higher limit for its role",
    "53100": "the database's disk is full",
    "53200": "the database is out of memory",
    "57P01": "somebody restarts the database, or ends its connections",
    "57P03": "the database starts, stops or recovers: try again once it is up",
    "42501": f"grant that to {_ROLE}",
    "3F000": "is it in the database that [database] dsn names?",
}
_WHEN_CONNECTING = {  # the server's text, which is all that is known then, and what it stands for
    "too many": "53300",
    "remaining connection slots": "53300",
    "is starting up": "57P03",
    "is shutting down": "57P03",
    "in recovery mode": "57P03",
    "not yet accepting connections": "57P03",
}
READ_ONLY = (
    "a hot standby, or a role with default_transaction_read_only: in [database] a dsn of the primary "
    '(target_session_attrs=read-write) with a role that may write, or access = "read"'
)


def what_to_do(error: psycopg.Error, otherwise: str = "") -> str:
    """A hint for whoever has to mend it; `otherwise` where the complaint alone says too little."""
    state = error.sqlstate or next((code for text, code in _WHEN_CONNECTING.items() if text in str(error)), "")
    return _BY_STATE.get(state, otherwise)


def of_a_relation(error: psycopg.Error, path: str, database: str) -> str:
    """A hint for a SELECT of the target's file that fails in that database, where the session's search_path is
    `path`."""
    if isinstance(error, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedFunction):
        where = path or "no schema at all"
        right = f"is {database!r}, to which [database] dsn leads, the right database?"
        return f"{right} In the SELECT of that relation names without a schema are looked for in {where} alone"
    return what_to_do(error, "the SELECT of that relation")

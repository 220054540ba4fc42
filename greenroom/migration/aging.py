"""When rows were written, which tells nothing of their age: that goes by when a session began."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence

import psycopg
from psycopg import sql

from greenroom.drivers.database import Database
from greenroom.drivers.database_faults import table_of, written_for
from greenroom.targetfile.model import WriteFault

_BY_ITSELF = r"(now|current_timestamp|clock_timestamp|statement_timestamp|transaction_timestamp|localtimestamp)"
_COLUMNS = """
select a.attname as name from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attrelid = {table}::text::regclass and not a.attisdropped and a.attgenerated = ''
    and a.atttypid in ('timestamptz'::regtype, 'timestamp'::regtype)
    and lower(pg_get_expr(d.adbin, d.adrelid)) ~ {by_itself}
"""
_WRITTEN_LONG_AGO = """
update {table} as written set {column} = {column} - interval '60 days'
where {column} > {since}::timestamptz and {column} <= clock_timestamp() and ({room})::text = any({rooms})
"""


def written_long_ago(database: Database, faults: Iterable[WriteFault], rooms: Sequence[str], since: str) -> None:
    """Move what the database has written into rows of these rooms by itself since that moment, as into `created_at`,
    sixty days back. `faults` name the tables.

    What an arrangement has given stays as it is, and so does a table whose rows the schema does not let be that old.
    """
    for fault in faults:
        table = table_of(fault)
        columns = sql.SQL(_COLUMNS).format(table=sql.Literal(table.as_string(None)), by_itself=sql.Literal(_BY_ITSELF))
        of_rooms = {"table": table, "room": written_for(fault), "rooms": sql.Literal(list(rooms))}
        for row in database.rows(columns):
            column = sql.Identifier(str(row["name"]))
            update = sql.SQL(_WRITTEN_LONG_AGO).format(column=column, since=sql.Literal(since), **of_rooms)
            with contextlib.suppress(psycopg.Error):
                database.command(update)

"""What the harness does to a disposable database on purpose: hold a row, or make writes to one relation fail."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from greenroom.core.deadlines import eventually
from greenroom.core.errors import NotApplicable
from greenroom.drivers.database import Database
from greenroom.targetfile.model import WriteFault

_WAITING_SECONDS = 5.0  # well below what a request may take: what never comes to the row is not to fail for it
_A_WHILE_SECONDS = 0.3
_LONGEST_HOLD_SECONDS = 30.0
_ALWAYS = 2**31
_COLUMN = re.compile(r"\w+")

# Who waits for the holder, and who waits for those: statements queue up behind each other at one row. Only these are
# counted, since others may use the database as well, and any member of it may ask so (pg_stat_activity hides much).
_WAITING = """
with recursive blocked as materialized (
  select pid, pg_blocking_pids(pid) as behind from (select distinct pid from pg_locks where not granted) waiting
), queue(pid) as (
  select pid from blocked where {holder} = any (behind)
  union
  select blocked.pid from blocked join queue on queue.pid = any (blocked.behind)
)
select count(*) from queue
"""


class Hold:
    """A lock on a row or a table, held by a connection of its own."""

    def __init__(self, database: Database, connection: psycopg.Connection) -> None:
        self._database, self._connection = database, connection
        self._waiting = _WAITING.format(holder=connection.info.backend_pid)

    def wait_until_waited_for(self, waiting: Callable[[], int]) -> None:
        """Wait until that many statements wait for the row, or a moment has passed. The number is asked for again and
        again: it may become less, as statements that never come to the row are over."""
        eventually(lambda: self.waiting() >= waiting(), bool, _WAITING_SECONDS)

    def release(self) -> None:
        """Let the row go."""
        self._connection.rollback()

    def waiting(self) -> int:
        """How many statements wait for the row at this moment."""
        return self._database.scalar(self._waiting)


@contextmanager
def held_room(database: Database, room_id: str) -> Iterator[Hold]:
    """Hold the room's row. Raises NotApplicable when the target does not describe `lock_room`."""
    query = sql.SQL(database.arrangement("lock_room"))
    with _holding(database) as connection:
        connection.execute(query, {"room_id": room_id})
        yield Hold(database, connection)


@contextmanager
def busy_room(database: Database, room_id: str) -> Iterator[None]:
    """Hold the room's row from now on, until somebody has waited for it for a while, or this is over.

    Raises NotApplicable when the target does not describe `lock_room`; also at the end, when nobody ever waited.
    """
    over, met = threading.Event(), threading.Event()

    def let_go(hold: Hold) -> None:
        if eventually(lambda: hold.waiting() or over.is_set(), bool, _LONGEST_HOLD_SECONDS)[0] and not over.is_set():
            met.set()
            eventually(hold.waiting, lambda waiting: waiting == 0, _A_WHILE_SECONDS)  # one that gives up goes earlier
        hold.release()

    with held_room(database, room_id) as hold:
        guard = threading.Thread(target=let_go, args=(hold,))
        guard.start()
        try:
            yield
        finally:
            over.set()
            guard.join()
    if not met.is_set():
        raise NotApplicable("row-lock", "nobody waited for the room that was held, so nothing was held up")


@contextmanager
def held_table(database: Database, fault: WriteFault | None, *, looks: bool = False) -> Iterator[Hold]:
    """Hold up every write to the fault's table, where there is no one row to hold; with `looks`, also who only looks.

    Raises NotApplicable when the target names no table.
    """
    if fault is None:
        raise NotApplicable("write-fault", "the target names no table whose writes can be held up")
    with _holding(database) as connection:
        mode = sql.SQL("access exclusive" if looks else "share")
        connection.execute(sql.SQL("lock table {} in {} mode").format(table_of(fault), mode))
        yield Hold(database, connection)


@contextmanager
def _holding(database: Database) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.dsn, connect_timeout=10) as connection:
        try:
            yield connection
        finally:
            connection.rollback()


@contextmanager
def failing_writes(database: Database, fault: WriteFault | None, room_id: str, *, times: int = 0) -> Iterator[None]:
    """Writes to the fault's table for this room fail: the next `times`, or all of them when 0.

    Raises NotApplicable when the target names no table. Nothing of it is left behind.
    """
    if fault is None:
        raise NotApplicable("write-fault", "the target names no table whose writes can be made to fail")
    name = "greenroom_fault_" + "".join(letter for letter in room_id if letter.isalnum())
    schema, table = fault.place
    schema = schema or "public"  # named outright: the target's functions may run without any search path
    sequence = sql.Identifier(schema, name + "_seq")
    names = {
        "function": sql.Identifier(schema, name),
        "trigger": sql.Identifier(name),
        "sequence": sequence,
        "table": sql.Identifier(schema, table),
        "written_for": written_for(fault),
        "room": sql.Literal(room_id),
        "sequence_name": sql.Literal(sequence.as_string()),
        "times": sql.Literal(times or _ALWAYS),
    }
    database.script(sql.SQL(_MAKE).format(**names))
    try:
        yield
    finally:
        database.script(sql.SQL(_REMOVE).format(**names))


def holds_no_row_of(database: Database, fault: WriteFault, room_id: str) -> bool:
    """Whether the fault's table holds rows, and none of them is the room's by what the fault says of it."""
    schema, table = fault.place
    names = {"table": sql.Identifier(schema or "public", table), "room": sql.Literal(room_id)}
    (found,) = database.rows(sql.SQL(_COUNT).format(**names, written_for=written_for(fault)))
    return bool(found["rows"]) and not found["mine"]


def table_of(fault: WriteFault) -> sql.Composable:
    """The fault's table, as SQL."""
    schema, table = fault.place
    return sql.Identifier(schema, table) if schema else sql.Identifier(table)


def written_for(fault: WriteFault) -> sql.Composable:
    """What makes the room's id of a row that is called `written`: a column, or an expression of columns."""
    return sql.Identifier(fault.room) if _COLUMN.fullmatch(fault.room) else sql.SQL(fault.room)


# A sequence is not rolled back with the write that failed: that is what lets a fault happen a number of times.
_MAKE = """
create sequence {sequence};
grant usage on sequence {sequence} to public;
create function {function}() returns trigger language plpgsql as $$
declare
  of_room text;
begin
  -- What ends may be deleted: moved to a table of what is over, or taken off a list.
  if tg_op = 'DELETE' then
    select ({written_for})::text into of_room from (select old.*) as written;
  else
    select ({written_for})::text into of_room from (select new.*) as written;
  end if;
  if of_room is distinct from {room} then
    return coalesce(new, old);
  end if;
  if nextval({sequence_name}::regclass) <= {times} then
    raise exception 'a fault on purpose';
  end if;
  return coalesce(new, old);
end $$;
create trigger {trigger} before insert or update or delete on {table}
  for each row execute function {function}();
"""
_COUNT = """
select count(*) as rows, count(*) filter (where ({written_for})::text = {room}) as mine from {table} as written
"""
_REMOVE = """
drop trigger if exists {trigger} on {table};
drop function if exists {function}();
drop sequence if exists {sequence};
"""

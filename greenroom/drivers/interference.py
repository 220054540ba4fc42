"""What the harness does to a disposable database on purpose: hold a row, or make writes to one relation fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from greenroom.deadlines import eventually
from greenroom.drivers.database import Database
from greenroom.errors import NotApplicable
from greenroom.target.model import WriteFault

_WAITING_SECONDS = 1.5
_ALWAYS = 2**31


class RowHold:
    """A lock on a room's row, held by a connection of its own."""

    def __init__(self, database: Database, connection: psycopg.Connection) -> None:
        self._database, self._connection = database, connection

    def release_when_waited_for(self, waiting: int) -> None:
        """Let the row go once that many statements wait for it, or at the latest after a moment."""
        self.wait_until_waited_for(waiting)
        self.release()

    def wait_until_waited_for(self, waiting: int, *, unless: Callable[[], bool] = lambda: False) -> None:
        """Wait until that many statements wait for a lock, or `unless` holds, or a moment has passed."""
        eventually(self._waiting, lambda count: count >= waiting or unless(), _WAITING_SECONDS)

    def release(self) -> None:
        """Let the row go."""
        self._connection.rollback()

    def _waiting(self) -> int:
        return self._database.scalar(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        )


@contextmanager
def held_room(database: Database, room_id: str) -> Iterator[RowHold]:
    """Hold the room's row. Raises NotApplicable when the target does not describe `lock_room`."""
    query = database.arrangement("lock_room")
    with psycopg.connect(database.dsn, connect_timeout=10) as connection:
        connection.execute(sql.SQL(query), {"room_id": room_id})
        try:
            yield RowHold(database, connection)
        finally:
            connection.rollback()


@contextmanager
def failing_writes(database: Database, fault: WriteFault | None, room_id: str, *, times: int = 0) -> Iterator[None]:
    """Writes to the fault's table for this room fail: the next `times`, or all of them when 0.

    Raises NotApplicable when the target names no table. Nothing of it is left behind.
    """
    if fault is None:
        raise NotApplicable("database-faults", "the target names no table whose writes can be made to fail")
    name = "greenroom_fault_" + "".join(letter for letter in room_id if letter.isalnum())
    schema, _, table = fault.table.rpartition(".")
    schema = schema or "public"  # named outright: the target's functions may run without any search path
    names = {
        "function": sql.Identifier(schema, name),
        "trigger": sql.Identifier(name),
        "sequence": sql.Identifier(schema, name + "_seq"),
        "table": sql.Identifier(schema, table),
        "column": sql.Identifier(fault.room),
        "room": sql.Literal(room_id),
        "sequence_name": sql.Literal(f"{schema}.{name}_seq"),
        "times": sql.Literal(times or _ALWAYS),
    }
    database.script(sql.SQL(_MAKE).format(**names))
    try:
        yield
    finally:
        database.script(sql.SQL(_REMOVE).format(**names))


# A sequence is not rolled back with the write that failed: that is what lets a fault happen a number of times.
_MAKE = """
create sequence {sequence};
grant usage on sequence {sequence} to public;
create function {function}() returns trigger language plpgsql as $$
begin
  if nextval({sequence_name}::regclass) <= {times} then
    raise exception 'a fault on purpose';
  end if;
  return new;
end $$;
create trigger {trigger} before insert or update on {table}
  for each row when (new.{column}::text = {room}) execute function {function}();
"""
_REMOVE = """
drop trigger if exists {trigger} on {table};
drop function if exists {function}();
drop sequence if exists {sequence};
"""

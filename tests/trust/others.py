"""Other people's rooms and entries in the database of a lane."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from greenroom.drivers.database import Database
from tests.support.other_peoples_rooms import OtherPeoplesRooms

_ENTRIES = """
insert into community_live_streams (id, title, created_by, status, stream_type, started_at)
select gen_random_uuid(), 'Talk ' || number, %s, 'live', 'audio', now() - number * interval '1 second'
from generate_series(1, %s) as number
"""


@contextmanager
def other_rooms(dsn: str, target: Path, number: int, *, changing: bool = False) -> Iterator[None]:
    """So many rooms of others, in every state; with `changing` their hosts use them all the while."""
    database = Database(dsn, target, writable=True)
    stop = threading.Event()
    try:
        others = OtherPeoplesRooms(database, dsn)
        others.add(number)
        thread = threading.Thread(target=others.keep_changing, args=(stop,))
        if changing:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            if changing:
                thread.join()
            others.remove()
    finally:
        database.close()


@contextmanager
def other_entries(dsn: str, target: Path, number: int) -> Iterator[None]:
    """So many live entries of others in the listing."""
    with other_rooms(dsn, target, 10), psycopg.connect(dsn, autocommit=True) as connection:
        host = connection.execute("select host_user_id from live_rooms limit 1").fetchone()
        assert host is not None
        connection.execute(_ENTRIES, (host[0], number))
        try:
            yield
        finally:
            connection.execute("delete from community_live_streams where title like 'Talk %'")

"""Other people's rooms on a shared target: in every state, and changing all the while."""

from __future__ import annotations

import datetime as dt
import random
import threading

import psycopg
from faker import Faker

from greenroom.drivers.database import Database
from greenroom.migration.population import KINDS, PlannedRoom
from greenroom.migration.scratch import make_room

_TABLES = {
    "live_rooms": "id",
    "live_room_sessions": "room_id",
    "live_room_attendance": "live_room_id",
    "community_live_streams": "id",
}


class OtherPeoplesRooms:
    """Rooms that no run has made. `expected` is what their hosts made of them, `found` gives what is there."""

    def __init__(self, database: Database, dsn: str) -> None:
        self._database, self._dsn = database, dsn
        self._faker, self._random = Faker(), random.Random(7)
        self._faker.seed_instance(7)
        self.rooms: list[str] = []
        self.hosts: list[str] = []
        self.changes = 0
        self.expected: dict[str, list[str]] = {}

    def add(self, number: int) -> None:
        """Add so many rooms, of every kind in turn."""
        now = dt.datetime.now(dt.UTC)
        for count in range(number):
            kind = KINDS[count % len(KINDS)]
            record = PlannedRoom(kind, self._random.randint(kind.youngest, kind.oldest), 1)
            room = make_room(self._database, record, now, self._faker, count)
            self.rooms.append(room.room_id)
            self.hosts.append(room.host_id)
        self.expected = self.found()

    def keep_changing(self, stop: threading.Event) -> None:
        """Change one room after the other, as their hosts would, until told to stop."""
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            while not stop.wait(0.02):
                room = self._random.choice(self.rooms)
                with connection.transaction():
                    connection.execute("update live_rooms set title = %s where id = %s", (self._faker.name(), room))
                    connection.execute(
                        "update community_live_streams set viewer_count = viewer_count + 1 where id = %s", (room,)
                    )
                self.changes += 1
                self.expected[room] = self._rows(connection, room)

    def found(self) -> dict[str, list[str]]:
        """Every row of theirs, byte for byte."""
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            return {room: self._rows(connection, room) for room in self.rooms}

    def remove(self) -> None:
        """Remove their hosts and guests, and with them everything else."""
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            connection.execute("delete from auth.users where email like 'host-%' or email like 'guest-%'")

    def _rows(self, connection: psycopg.Connection, room: str) -> list[str]:
        found = []
        for table, column in _TABLES.items():
            rows = connection.execute(f"select t::text from {table} t where {column} = %s order by 1", (room,))
            found += [str(row[0]) for row in rows]
        return found

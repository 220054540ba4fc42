"""A host with one room, whose rows a test fills in as it likes."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import psycopg

from greenroom.drivers.database import Database
from greenroom.scenario.world import ago

_numbers = itertools.count(1)


@dataclass
class HostRoom:
    """A host and their room; `mark` stands in the host's name and the titles, as in what a run makes."""

    database: Database
    mark: str = ""
    host_id: str = ""
    room_id: str = ""

    def __post_init__(self) -> None:
        self.host_id = self.account()
        self.room_id = self.add_room(self.host_id)
        self.run("update app_users set live_room_id = %(room)s::uuid where user_id = %(host)s::uuid")

    def account(self) -> str:
        number = next(_numbers)
        (row,) = self.database.arrange(
            "make_account", name=f"Person {number} {self.mark}", email=f"p{number}@example.test"
        )
        return str(row["account_id"])

    def add_room(self, host: str) -> str:
        (row,) = self.database.arrange("make_room", account_id=host, title=f"Room {next(_numbers)}")
        return str(row["room_id"])

    def session(self, status: str, *, room: str = "", starts: float = 2, ended: float | None = None) -> str:
        """Began so many hours ago, and ended so many hours ago."""
        (row,) = self.database.arrange(
            "add_session",
            room_id=room or self.room_id,
            title="Talk",
            status=status,
            starts_at=ago(hours=starts),
            ended_at=None if ended is None else ago(hours=ended),
        )
        return str(row["session_id"])

    def inside(self, session: str, *, joined: float = 2, left: float | None = None) -> None:
        self.database.arrange(
            "add_attendance",
            session_id=session,
            account_id=self.host_id,
            role="host",
            joined_at=ago(hours=joined),
            left_at=None if left is None else ago(hours=left),
        )

    def set(self, status: str, session: str | None = None, *, present: bool = False) -> None:
        self.database.arrange("set_room", room_id=self.room_id, status=status, session_id=session, host_present=present)

    def listed(self, status: str, *, ended: float | None = None) -> None:
        """One more entry, whatever there is already."""
        self.run(
            "insert into community_live_streams (id, title, created_by, status, started_at, ended_at)"
            " values (%(room)s::uuid, 'Talk ' || %(mark)s, %(host)s::uuid, %(status)s, now() - interval '2 hours',"
            " %(ended)s)",
            status=status,
            ended=None if ended is None else ago(hours=ended),
        )

    def live(self) -> str:
        """A healthy live room."""
        session = self.session("live")
        self.inside(session)
        self.set("live", session, present=True)
        self.listed("live")
        return session

    def run(self, statement: str, **values: Any) -> None:
        with psycopg.connect(self.database.dsn, autocommit=True) as connection:
            connection.execute(
                statement.encode(), {"room": self.room_id, "host": self.host_id, "mark": self.mark} | values
            )

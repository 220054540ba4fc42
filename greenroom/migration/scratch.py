"""A clone of the target's schema, filled with a population, on which the migration runs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from faker import Faker
from psycopg import sql
from psycopg.conninfo import make_conninfo

from greenroom.core import clock
from greenroom.core.errors import BadTarget, NotApplicable, TargetUnavailable
from greenroom.drivers.database import Database
from greenroom.drivers.database_connection import first_line
from greenroom.drivers.database_faults import table_of, written_for
from greenroom.migration.aging import written_long_ago
from greenroom.migration.population import HEALTHY, OPEN, PlannedRoom, RoomKind
from greenroom.relations.state import State
from greenroom.relations.stuck_kinds import Pointer
from greenroom.targetfile.arrangements import STANDINGS
from greenroom.targetfile.model import Migration, Target
from greenroom.targetfile.rooms import Presence, States

_LONG_AGO = dt.timedelta(days=30)


@dataclass(frozen=True)
class Room:
    """One room of the scratch database: what it was made as, and its id."""

    room_id: str
    host_id: str
    session_id: str
    planned: PlannedRoom

    @property
    def kind(self) -> RoomKind:
        """What it was made as."""
        return self.planned.kind


@dataclass(frozen=True)
class Ran:
    """What a run of the migration said: its notices, and the error that ended it, if any."""

    notices: tuple[str, ...]
    error: str = ""

    def count(self, pattern: str) -> int | None:
        """The number in the notice of that pattern, or None when there is no such notice."""
        found = [match for notice in self.notices if (match := re.search(pattern, notice))]
        return int(found[0].group(1)) if found else None


class Scratch:
    """A scratch database: what is in it, before and after."""

    def __init__(self, database: Database, target: Target) -> None:
        self.database, self._target = database, target
        self.rooms: list[Room] = []
        self.runs: list[Ran] = []
        self.before, self.after = State(), State()
        self.raw_before: dict[str, list[str]] = {}

    @property
    def migration(self) -> Migration:
        """The migration that runs on it."""
        return described(self._target)

    def fill(self, planned: list[PlannedRoom], faker: Faker) -> None:
        """Make a room for every planned. Rows that are well were written long ago, and those that are not just now: a
        migration that goes by that goes wrong. So does one that goes by the person: the first host is a guest of all
        rooms that follow, stuck and healthy."""
        now, since = clock.database_now(), self.database.now()
        for number, room in enumerate(planned):
            regular = self.rooms[0].host_id if self.rooms else ""
            self.rooms.append(make_room(self.database, room, now, faker, number, self._target, regular))
        described = self._target.database
        if described is not None:
            well = [room.room_id for room in self.of(HEALTHY)]
            written_long_ago(self.database, described.write_faults.values(), well, since)
        self.remember()

    def remember(self) -> None:
        """Keep the present state as the one before."""
        self.before = self.look()
        self.raw_before = {room.room_id: self.raw(room.room_id) for room in self.rooms}

    def look(self) -> State:
        """All rows of the rooms."""
        return self.database.snapshot([room.room_id for room in self.rooms], [room.host_id for room in self.rooms])

    def raw(self, room_id: str) -> list[str]:
        """Every row of the target's own tables that belongs to the room, as the database prints it."""
        described = self._target.database
        assert described is not None
        found: list[str] = []
        for relation, fault in sorted(described.write_faults.items()):
            query = sql.SQL(
                "select {name} || ' ' || written::text as row from {table} as written"
                " where ({mine})::text = {room} order by 1"
            )
            rows = self.database.rows(
                query.format(
                    name=sql.Literal(relation),
                    table=table_of(fault),
                    mine=written_for(fault),
                    room=sql.Literal(room_id),
                )
            )
            found += [str(row["row"]) for row in rows]
        return found

    def run(self) -> Ran:
        """Run the migration, as a deployment does, and look at what it left."""
        ran = run_migration(self._target, self.database.dsn)
        self.runs.append(ran)
        self.after = self.look()
        return ran

    def of(self, *kinds: tuple[RoomKind, ...]) -> list[Room]:
        """The rooms that were made as one of these kinds."""
        wanted = {kind for group in kinds for kind in group}
        return [room for room in self.rooms if room.kind in wanted]


_TEMPLATE = "[migration] template: a database with the schema and no rows"
_WHY_NO_CLONE: Mapping[type[psycopg.Error], str] = {
    psycopg.errors.InsufficientPrivilege: "the role of [database] dsn needs createdb",
    psycopg.errors.ReadOnlySqlTransaction: "[database] dsn of a server that can be written to; a standby can't",
}


@contextmanager
def scratch_database(target: Target, database: Database, mark: str) -> Iterator[Scratch]:
    """A scratch database of its own, dropped at the end. Raises NotApplicable without a described migration, BadTarget
    where no such database can be made, and TargetUnavailable while somebody uses its template."""
    migration = described(target)
    if not database.holds("listing"):
        raise NotApplicable("listing-in-sql", "the migration syncs the listing, which is no table of this database")
    name = f"greenroom_scratch_{mark}"
    _clone(database, name, migration.template)
    clone: Database | None = None
    try:
        clone = Database(
            make_conninfo(database.dsn, dbname=name), target.folder, writable=True, elsewhere=target.shown_over_http
        )
        yield Scratch(clone, target)
    finally:
        if clone is not None:
            clone.close()
        database.command(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _clone(database: Database, name: str, template: str) -> None:
    create = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
    try:
        database.command(create)
    except psycopg.errors.ObjectInUse as error:
        raise TargetUnavailable("database", f"{template} can't be cloned just now: {first_line(error)}") from None
    except psycopg.Error as error:
        hint = next((hint for kind, hint in _WHY_NO_CLONE.items() if isinstance(error, kind)), _TEMPLATE)
        raise BadTarget(f"{template} can't be cloned: {first_line(error)}", hint=hint) from None


def described(target: Target) -> Migration:
    """The target's migration. Raises NotApplicable when there is none."""
    if target.migration is None or not target.can("migration"):
        raise NotApplicable("migration", "the target describes no [migration]")
    return target.migration


def run_migration(target: Target, dsn: str) -> Ran:
    """Run the target's migration file against a database, as one script. Raises BadTarget when there is no file."""
    file = (target.folder / described(target).file).resolve()
    if not file.is_file():
        raise BadTarget(f"{target.name}: no migration at {Path(described(target).file).name}", hint="[migration] file")
    return run_file(file, dsn)


def run_file(file: Path, dsn: str) -> Ran:
    """Run a file against a database, as one script, and keep what it says."""
    notices: list[str] = []
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.add_notice_handler(lambda notice: notices.append(notice.message_primary or ""))
        try:
            connection.execute(file.read_bytes())
        except psycopg.Error as error:
            return Ran(tuple(notices), str(error).splitlines()[0])
    return Ran(tuple(notices))


def make_room(
    database: Database,
    planned: PlannedRoom,
    now: dt.datetime,
    faker: Faker,
    number: int,
    target: Target | None = None,
    regular: str = "",
) -> Room:
    """Make the room of a planned, with host, guests, session and entry; `number` keeps addresses and titles apart,
    `target` says whether hosts are inside and present at all, and whether entries are written, and `regular` is the
    account of a guest who is inside other rooms as well."""
    presence, states = (target.presence, target.states) if target is not None else (Presence(), States())
    kind, title = planned.kind, f"{faker.catch_phrase()} {number}"
    host = _account(database, faker, f"host-{number}")
    room = str(database.arrange("make_room", account_id=host, title=title)[0]["room_id"])
    began = planned.began(now)
    if kind.used_before:
        _use(database, room, f"{title}, before", now - _LONG_AGO, _account(database, faker, f"guest-{number}-before"))
    status, session = kind.of_session, ""
    if status:
        ended = began + dt.timedelta(minutes=min(planned.age_minutes, 30) / 2)
        closed = ended if status in ("ended", "cancelled") else None
        rows = database.arrange(
            "add_session", room_id=room, title=title, status=status, starts_at=began, ended_at=closed
        )
        session = str(rows[0]["session_id"])
    if session and began <= now:
        everyone = [(host, "host")] if presence.has_rows else []
        everyone += [(_account(database, faker, f"guest-{number}-{n}"), "guest") for n in range(planned.guests)]
        everyone += [(regular, "guest")] if regular else []
        left = None if kind.inside else began + dt.timedelta(minutes=1)
        for place, (account, role) in enumerate(everyone):
            standing = STANDINGS[(number + place) % len(STANDINGS)] if kind.inside and role == "guest" else STANDINGS[0]
            who = {"session_id": session, "account_id": account, "role": role, "standing": standing}
            database.arrange("add_attendance", **who, joined_at=began, left_at=left)
        early = _account(database, faker, f"guest-{number}-early")
        stayed = {"joined_at": began, "left_at": began + dt.timedelta(seconds=min(planned.age_minutes, 30) * 15)}
        database.arrange("add_attendance", session_id=session, account_id=early, role="guest", **stayed)
    how, state = _state_of(kind, room, session, present=kind.present and presence.has_flag)
    # Where the schema allows no room in "ended", this one stays at rest; who was inside and its entry are to be found.
    if kind.status != "ended" or not database.forbids(how, **state):
        database.arrange(how, **state)
    if kind.listed and not states.entries_follow:
        gone = began + dt.timedelta(minutes=1) if kind.listed == "ended" else None
        database.arrange(
            "set_listing", room_id=room, title=title, host_id=host, status=kind.listed, started_at=began, ended_at=gone
        )
    return Room(room, host, session, planned)


def _use(database: Database, room: str, title: str, began: dt.datetime, guest: str) -> None:
    """The room has had a session, which a guest was in, and which is over."""
    ended = began + dt.timedelta(hours=1)
    rows = database.arrange("add_session", room_id=room, title=title, status="ended", starts_at=began, ended_at=ended)
    stay = {"session_id": str(rows[0]["session_id"]), "account_id": guest, "role": "guest"}
    database.arrange("add_attendance", **stay, joined_at=began, left_at=ended)


def _state_of(kind: RoomKind, room: str, session: str, *, present: bool) -> tuple[str, dict[str, Any]]:
    """The arrangement that brings a room into its state, and its values."""
    if kind.pointer == Pointer.MISSING:
        return "point_to_missing", {"room_id": room, "status": kind.status}
    points = session if kind.pointer == OPEN or Pointer(kind.pointer).session else None
    return "set_room", {"room_id": room, "status": kind.status, "session_id": points, "host_present": present}


def _account(database: Database, faker: Faker, slug: str) -> str:
    rows = database.arrange("make_account", name=faker.name(), email=f"{slug}@greenroom.test", password="-")
    return str(rows[0]["account_id"])

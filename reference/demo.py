"""People and rooms to play with: a few live, one upcoming, one stuck. Everybody's password is `greenroom`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from reference.auth.passwords import hash_password
from reference.settings import DEFAULT_TENANT, Database

PASSWORD = "greenroom"


@dataclass(frozen=True, slots=True)
class Scene:
    """A host, and what their room is like. `minutes`: how long until the session starts; below zero: how long ago."""

    email: str
    name: str
    room: str
    title: str
    topics: tuple[str, ...]
    minutes: int
    audio: bool = False
    stuck: bool = False


SCENES = (
    Scene("ada@example.test", "Ada", "Ada's room", "Notes on the Analytical Engine", ("Learning", "Talk"), -25),
    Scene("alan@example.test", "Alan", "Alan's room", "Morning run, then puzzles", ("Wellness",), -5, audio=True),
    Scene("umm@example.test", "أم كلثوم", "غرفة أم كلثوم", "ليلة طرب 🎶", ("Music",), -50, audio=True),
    Scene("katherine@example.test", "Katherine", "Katherine's room", "Reading the stars", ("Learning",), 120),
    Scene("edsger@example.test", "Edsger", "Edsger's room", "Considered harmful", ("Talk",), -300, stuck=True),
)
GUESTS = (("grace@example.test", "Grace"), ("linus@example.test", "Linus"), ("mallory@example.test", "Mallory"))


def furnish(database: Database) -> None:
    """Fills the run's new database."""
    with psycopg.connect(database.owner) as connection:
        guests = [_person(connection, email, name) for email, name in GUESTS]
        for scene in SCENES:
            host = _person(connection, scene.email, scene.name)
            room = _call(connection, "provide_room", host, DEFAULT_TENANT, Jsonb(_room(scene)))["room"]["id"]
            _call(connection, "go_live", host, DEFAULT_TENANT, room, Jsonb(_session(scene)))
            if scene.minutes < 0:
                _call(connection, "set_host_present", host, DEFAULT_TENANT, room, True)
                for guest in guests[:2]:
                    _call(connection, "join_room", guest, DEFAULT_TENANT, room)
            if scene.stuck:
                # As older software left rooms behind: the session ended, the room never noticed.
                connection.execute(
                    "update live_room_sessions set status = 'ended', ends_at = now() where room_id = %s", (room,)
                )
                connection.execute("update live_rooms set status = 'lobby' where id = %s", (room,))


def _person(connection: psycopg.Connection[Any], email: str, name: str) -> str:
    row = connection.execute(
        "select auth.sign_up(%s, %s, %s, %s)::text",
        (email, hash_password(PASSWORD), Jsonb({"display_name": name}), DEFAULT_TENANT),
    ).fetchone()
    assert row is not None
    return str(row[0])


def _call(connection: psycopg.Connection[Any], function: str, *arguments: Any) -> dict[str, Any]:
    casts = ", ".join("%s::jsonb" if isinstance(value, Jsonb) else "%s" for value in arguments)
    row = connection.execute(f"select live.{function}({casts})".encode(), arguments).fetchone()
    assert row is not None and "code" not in row[0], (function, row)
    return dict(row[0])


def _room(scene: Scene) -> dict[str, Any]:
    return {"title": scene.room, "access_level": "public", "topic_keys": [], "starts_at": None, "metadata": {}}


def _session(scene: Scene) -> dict[str, Any]:
    return {
        "session_title": scene.title,
        "topic_keys": scene.topics,
        "starts_at": (datetime.now(UTC) + timedelta(minutes=scene.minutes)).isoformat(),
        "auto_admit": True,
        "lobby_buffer_minutes": 15,
        "max_participants": 100,
        "metadata": {"format": "audio" if scene.audio else "video"},
    }

"""Puts a host's room into the state of a captured one, over the target's arrange.sql."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.core.errors import NotApplicable
from greenroom.people.person import Person
from greenroom.scenario.captured.table import MISSING, RoomLine
from greenroom.scenario.stuck_rooms import let_view_follow, set_room
from greenroom.scenario.world import World, ago


def arrange(world: World, host: Person, lines: Sequence[RoomLine]) -> None:
    """Write every line. What is wrong with the rows is left for invariants to find, unlike in other arranged states.

    Raises NotApplicable where the target has no such rows, or gives no database to write them to.
    """
    sessions = {line.session: _session(world, host, line) for line in lines if line.what == "session"}
    for line in lines:
        if line.what == "inside":
            _inside(world, host, line, sessions)
        elif line.what == "entry" and not world.target.states.entries_follow:
            _write(
                world, "set_listing", room_id=host.room_id, title=host.title, host_id=host.account_id,
                status=line.status, started_at=line.began or ago(), ended_at=line.ended,
            )  # fmt: skip
    (room,) = [line for line in lines if line.what == "room"]
    if room.status not in world.target.states.rooms:
        raise NotApplicable("states", f"[states] says that no room is ever {room.status}")
    if room.session == MISSING:
        _write(world, "point_to_missing", room_id=host.room_id, status=room.status)
    else:
        present = world.target.presence.has_flag and any(line.what == "host present" for line in lines)
        session = sessions.get(room.session)
        set_room(world, room_id=host.room_id, status=room.status, session_id=session, host_present=present)
    host.session_id = sessions.get(room.session) or next(iter(reversed(sessions.values())), "")
    let_view_follow(world)
    world.now = world.look()


def _session(world: World, host: Person, line: RoomLine) -> str:
    if line.status not in world.target.states.sessions:
        raise NotApplicable("states", f"[states] says that no session is ever {line.status}")
    host.title = world.naming.title()
    rows = _write(
        world, "add_session", room_id=host.room_id, title=host.title, status=line.status,
        starts_at=line.began or ago(), ended_at=line.ended,
    )  # fmt: skip
    session = str(rows[0]["session_id"])
    world.naming.ids["session", session] = f"{host.name}'s captured session {line.session}"
    return session


def _inside(world: World, host: Person, line: RoomLine, sessions: dict[str, str]) -> None:
    person = world.people.person(line.who)
    role = "host" if person is host else "guest"
    if role == "host" and not world.target.presence.has_rows:
        return
    _write(
        world, "add_attendance", session_id=sessions[line.session], account_id=person.account_id, role=role,
        joined_at=line.began or ago(), left_at=line.ended,
    )  # fmt: skip


def _write(world: World, name: str, **values: object) -> list[dict[str, object]]:
    if world.database is None:
        raise NotApplicable("database", "the target gives no database to arrange a state in")
    return world.database.arrange(name, **values)

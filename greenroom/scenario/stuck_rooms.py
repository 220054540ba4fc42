"""Puts a room into a state that no route leads to: stuck, orphaned, abandoned. Written over the target's arrange.sql.

Each is arranged so that every later check could fail: somebody is inside, the host is present, an entry is listed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from greenroom.core.errors import BadFeature, BadTarget, NotApplicable
from greenroom.people.person import Person
from greenroom.relations.canonical import OPEN_SESSION
from greenroom.relations.stuck_kinds import Pointer, StuckKind
from greenroom.scenario.world import World, ago
from greenroom.targetfile.arrangements import STANDINGS

_ABANDONED_HOURS, _LONG_HOURS, _A_WHILE_HOURS = 5, 13, 0.75
_FOLLOWS = "[states] says that a room follows from its sessions"


def stuck(
    world: World,
    host: Person,
    guest: Person,
    kind: StuckKind,
    *,
    since: dt.datetime | None = None,
    standing: str = STANDINGS[0],
) -> None:
    """Leave the host's room stuck in this way, with host and guest still inside, or the guest there as `standing` says;
    all of it since that moment, or since hours ago.

    Raises NotApplicable where the target says that no room or session can have the state, or that the room's status
    is another then.
    """
    _check_possible(world, kind)
    world.let_rows_come()
    states = world.target.states
    began, title = since or _hours_ago_before_midnight(), world.naming.title()
    session: str | None = None
    if kind.session_status:
        ended = None if kind.is_open else ago(hours=_ABANDONED_HOURS - 1)
        session = _session(world, host, title, kind.session_status, began=began, ended_at=ended)
        if world.target.presence.has_rows:
            _attend(world, session, host, "host", joined=began)
        _attend(world, session, guest, "guest", joined=began, standing=standing)
    how, state = "point_to_missing", dict[str, object](room_id=host.room_id, status=kind.status)
    if kind.pointer is not Pointer.MISSING:
        how, state = "set_room", {**state, "session_id": session, "host_present": world.target.presence.has_flag}
    if kind.status == "ended":  # not every target names its states
        _check_allowed(world, how, state)
    set_room(world, how, **state)
    if not states.entries_follow:
        _write(
            world, "set_listing", room_id=host.room_id, title=title, host_id=host.account_id, status=kind.listed_as,
            started_at=began, ended_at=None,
        )  # fmt: skip
    host.title, host.session_id = title, session or ""
    _arranged(world)


def waiting_for_long(world: World, host: Person, guest: Person) -> None:
    """The host's room has a session in its lobby that was opened some time ago, and the guest has waited since then.
    Raises NotApplicable where no arrangement lets people wait, and what `stuck` does."""
    check_can_wait(world)
    kind = StuckKind("lobby", Pointer.ABANDONED)
    stuck(world, host, guest, kind, since=ago(hours=_A_WHILE_HOURS), standing="waiting")


def check_can_wait(world: World) -> None:
    """Raises NotApplicable where no arrangement lets people wait in a lobby."""
    if world.database is None or "%(standing)s" not in world.database.arrangement("add_attendance"):
        raise NotApplicable("arrange:add_attendance", "it has no parameter `standing`, by which somebody waits")


def stuck_alone(world: World, host: Person, kind: StuckKind) -> None:
    """Leave the host's room stuck in this way, and all else as an end leaves it: its session closed, the host gone, the
    entry ended. A reset that goes by what else is left over finds nothing to do.

    Raises NotApplicable as `stuck` does, and BadFeature for a kind that can't be without more being left over.
    """
    if kind.is_open or kind.pointer is Pointer.MISSING:
        raise BadFeature(f"more is left over of a room with {kind.pointer}", hint='", and Grace inside" says so')
    _check_possible(world, kind)
    world.let_rows_come()
    states, title = world.target.states, world.naming.title()
    began, ended = ago(hours=_ABANDONED_HOURS), ago(hours=_ABANDONED_HOURS - 1)
    session: str | None = None
    if kind.session_status:
        session = _session(world, host, title, kind.session_status, began=began, ended_at=ended)
        if world.target.presence.has_rows:
            _attend(world, session, host, "host", joined=began, left=ended)
    state = dict[str, object](room_id=host.room_id, status=kind.status, session_id=session, host_present=False)
    if kind.status == "ended":
        _check_allowed(world, "set_room", state)
    set_room(world, "set_room", **state)
    if not states.entries_follow:
        _write(
            world, "set_listing", room_id=host.room_id, title=title, host_id=host.account_id, status="ended",
            started_at=began, ended_at=ended,
        )  # fmt: skip
    host.title, host.session_id = title, session or ""
    _arranged(world)


def orphaned(world: World, host: Person, guest: Person, status: str = "live") -> None:
    """Leave an open session behind in the host's room, which is idle (R5). Raises NotApplicable where a room follows
    from its sessions, or no session can have the status."""
    if world.target.states.rooms_follow:
        raise NotApplicable("states", f"{_FOLLOWS}: none is idle with an open one")
    if status not in world.target.states.sessions:
        raise NotApplicable("states", f"[states] says that no session is {status}")
    session = _session(world, host, world.naming.title(), status, ended_at=None)
    _attend(world, session, guest, "guest")
    host.session_id = session
    _arranged(world)


def idle_with_pointer(world: World, host: Person) -> None:
    """Leave the host's room idle, and still pointing to a session that is over. Raises NotApplicable where the schema
    forbids that, or a room follows from its sessions or has the status of the one it points to."""
    if world.target.states.rooms_follow:
        raise NotApplicable("states", f"{_FOLLOWS}: at rest it points to none")
    if world.target.states.rooms_mirror:
        raise NotApplicable("states", "[states] says that a room has the status of the session it points to")
    session = _session(world, host, world.naming.title(), "ended", ended_at=ago(hours=_ABANDONED_HOURS - 1))
    state = {"room_id": host.room_id, "status": "idle", "session_id": session, "host_present": False}
    _check_allowed(world, "set_room", state)
    _write(world, "set_room", **state)
    host.session_id = session
    _arranged(world)


def used_before(world: World, host: Person, times: int) -> None:
    """The host's room has had so many sessions, one a day, each long over and empty (E5)."""
    for days in range(times, 0, -1):
        began, ended = ago(hours=24 * days), ago(hours=24 * days - 1)
        session = _session(
            world, host, world.naming.title(), "ended", began=began, ended_at=ended, called="old session"
        )
        if world.target.presence.has_rows:
            _attend(world, session, host, "host", joined=began, left=ended)
    _arranged(world)


def age_entry(world: World, host: Person) -> None:
    """The host's entry, which is ended, is of hours ago (L13); where entries follow from sessions, it is a session that
    is. Raises BadFeature while the session is on: the entry of a live room is not of hours ago."""
    state = world.writable_database().snapshot([host.room_id], [])
    if any(session["status"] in OPEN_SESSION for session in state.sessions_of(host.room_id)):
        raise BadFeature(
            f"{host.name}'s session is still on", hint=f'"{host.name} has ended the room" comes before it, or say '
            f'"{host.name} has been live for hours" instead'
        )  # fmt: skip
    ended = ago(hours=_ABANDONED_HOURS - 1)
    if world.target.states.entries_follow:
        _session(world, host, host.title, "ended", ended_at=ended, called="session of hours ago")
    else:
        _write(
            world, "set_listing", room_id=host.room_id, title=host.title, host_id=host.account_id, status="ended",
            started_at=ago(hours=_ABANDONED_HOURS), ended_at=ended,
        )  # fmt: skip
    _arranged(world)


def let_view_follow(world: World) -> None:
    """Wait until a listing that follows from rooms and sessions shows what was arranged since the last step."""
    if world.database is None or not world.target.states.entries_follow:
        return
    view, pause = world.worker.late_view, world.browsers.let_pass
    view.follow(world.now.rows.get("listing", ()), lambda: world.look().rows["listing"], pause, world.deadlines.listing)


def set_room(world: World, how: str = "set_room", **state: object) -> None:
    """Set what the room is. One that follows from its sessions is so already; who is there may be left to say."""
    database = world.database
    if world.target.states.rooms_follow and database is not None and not database.can_arrange(how):
        return
    _write(world, how, **state)


def _arranged(world: World) -> None:
    let_view_follow(world)
    world.arranged_now()


def _hours_ago_before_midnight() -> dt.datetime:
    """More than half a day ago, and on another day: nobody's session may be looked for among those of today, nor among
    those of the last hours."""
    now = ago()
    midnight = now.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(now - dt.timedelta(hours=_LONG_HOURS), midnight - dt.timedelta(minutes=30))


def _session(
    world: World,
    host: Person,
    title: str,
    status: str,
    *,
    ended_at: object,
    began: object = None,
    called: str = "stuck session",
) -> str:
    rows = _write(
        world, "add_session", room_id=host.room_id, title=title, status=status,
        starts_at=began or ago(hours=_ABANDONED_HOURS), ended_at=ended_at,
    )  # fmt: skip
    if not rows:
        where = f"{world.target.folder.name}/arrange.sql: add_session"
        raise BadTarget(
            f"{where}: no row was written, or none returned",
            hint="it returns session_id; is the room in this database?",
        )
    session = str(rows[0]["session_id"])
    world.naming.ids["session", session] = f"{host.name}'s {called}"
    return session


def _attend(
    world: World,
    session: str,
    person: Person,
    role: str,
    *,
    joined: object = None,
    left: object = None,
    standing: str = STANDINGS[0],
) -> None:
    _write(
        world, "add_attendance", session_id=session, account_id=person.account_id, role=role,
        joined_at=joined or ago(hours=_ABANDONED_HOURS), left_at=left, standing=standing,
    )  # fmt: skip


def _check_possible(world: World, kind: StuckKind) -> None:
    """Raises NotApplicable where the target says that no room is ever stuck so."""
    states = world.target.states
    if reason := kind.ruled_out(
        states.rooms, states.sessions, follows=states.rooms_follow, mirrors=states.rooms_mirror
    ):
        raise NotApplicable("states", f"[states] says that {reason}")


def _check_allowed(world: World, how: str, state: Mapping[str, object]) -> None:
    """Raises NotApplicable where a constraint of the schema forbids the state: no room is ever stuck in it. Only for a
    state that rooms of many systems can't have: of any other, a complaint is a fault of the arrangement."""
    complaint = world.database.forbids(how, **state) if world.database is not None else ""
    if complaint:
        raise NotApplicable("states", f"the schema allows no such room: {complaint}")


def _write(world: World, name: str, **values: object) -> list[dict[str, object]]:
    if world.database is None:
        raise NotApplicable("database", "the target gives no database to arrange a state in")
    return world.database.arrange(name, **values)

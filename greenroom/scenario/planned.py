"""What is planned for a moment that a scenario waits for: a start, an end."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator

from greenroom.core import clock
from greenroom.core.deadlines import eventually
from greenroom.core.errors import BadFeature, Inconclusive, NotApplicable, OperationFailed
from greenroom.core.placeholders import holes
from greenroom.drivers.gateway import now
from greenroom.drivers.outcome import Refused
from greenroom.people.person import Person
from greenroom.scenario import actions, presence, wishes
from greenroom.scenario.operations import must, succeeded
from greenroom.scenario.world import World

A_DAY = 24 * 3600.0
_TOKYO = dt.timezone(dt.timedelta(hours=9))
_PRECISION = dt.timedelta(seconds=1)
"""How exactly the target's clocks are known: a service tells the time to the second."""
_AGREE = dt.timedelta(seconds=5)
"""So far apart the clocks of a target may be (the doctor says so), and what it goes by ahead of what it tells."""
_MOST = 2 / 3
"""Of the time until a planned end."""


def go_live(world: World, host: Person, seconds: float) -> None:
    """The host goes live with an end that is planned in so many seconds, and is not there yet."""
    host.planned = _moment(seconds)
    actions.go_live_unnoticed(world, host, ends_at=_text(host.planned))


def go_live_by_tokyo(world: World, host: Person, seconds: float) -> None:
    """The same, the end written by the clock of Tokyo. Raises NotApplicable where such a time is refused."""
    host.planned, host.title = _moment(seconds), world.naming.title()
    wish = {"title": host.title, "topics": ["talk"], "ends_at": host.planned.astimezone(_TOKYO).isoformat()}
    outcome = world.gateway.attempt("go_live", host.account, room=host.room_id, **wish)
    if isinstance(outcome, Refused):
        raise NotApplicable("time-zone", "the target takes no planned end that is written in another time zone")
    actions.entered(world, host, str(succeeded(outcome).answer["session"]))


def go_live_until(world: World, host: Person, guest: Person, seconds: float) -> None:
    """The host goes live with an end that is planned in so many seconds, and the guest comes in before it.

    Raises Inconclusive when that took so long that the planned end came first.
    """
    go_live(world, host, seconds)
    with before_the_end(host):
        presence.be_present(world, host)
        actions.join(world, guest, host)
    if _is_past(host):
        raise _too_slow()


def come_late(world: World, guest: Person, host: Person) -> None:
    """The guest comes into the host's session when most of the time until its planned end has passed: where that puts
    the end off, it is put off by longer than anybody waits for it. Raises what `go_live_until` does."""
    assert host.planned is not None
    shortly_before = clock.now() + (host.planned - clock.now()) * _MOST
    left = max((shortly_before - clock.now()).total_seconds(), 0.0)
    eventually(lambda: clock.now() >= shortly_before, bool, left + 1, pause=world.browsers.let_pass)
    with before_the_end(host):
        actions.join(world, guest, host)
    if _is_past(host, but=dt.timedelta()):
        raise _too_slow()


@contextlib.contextmanager
def before_the_end(host: Person) -> Iterator[None]:
    """What is done before the planned end of the host's session, if one was planned.

    Raises Inconclusive when it is refused and the end has come by a clock that is a little ahead.
    """
    try:
        yield
    except OperationFailed:
        if not _is_past(host, but=_AGREE):
            raise
        raise _too_slow() from None


def schedule_far_ahead(world: World, host: Person) -> None:
    """The host schedules a session that starts in six weeks. Raises NotApplicable where nobody plans that far."""
    host.planned, host.title = _moment(42 * A_DAY), world.naming.title()
    wish = {"title": host.title, "topics": ["talk"], "starts_at": _text(host.planned)}
    outcome = world.gateway.attempt("schedule", host.account, room=host.room_id, **wish)
    if isinstance(outcome, Refused):
        raise NotApplicable("far-ahead", "the target takes no session that begins in six weeks")
    actions.entered(world, host, str(succeeded(outcome).answer["session"]))


def schedule_to_open(world: World, host: Person, *, seconds: float, minutes_before: int) -> None:
    """The same, and says how many minutes before its start the session opens. Raises NotApplicable where no request
    says that."""
    described = world.target.operations.get("schedule")
    if described is not None and "opens" not in holes(
        [described.path, described.query, described.json_, described.form]
    ):
        raise NotApplicable("opens", "the operation schedule has no {opens}")
    schedule(world, host, seconds, opens=minutes_before)


def schedule(
    world: World,
    host: Person,
    seconds: float,
    *,
    operation: str = "schedule",
    topic: str = wishes.TOPIC,
    opens: int | None = None,
) -> None:
    """The host schedules a session that starts in so many seconds, by an operation that does so, on that topic; with
    `opens`, so many minutes before its start it opens. Raises NotApplicable for a topic that can't be named."""
    if topic != wishes.TOPIC:
        wishes.check_topics(world, operation)
    host.planned = _moment(seconds)
    host.title = world.naming.title()
    wish: dict[str, object] = {"title": host.title, "topics": [topic], "starts_at": _text(host.planned)}
    if opens is not None:
        wish["opens"] = opens
    made = must(world.gateway, operation, host.account, room=host.room_id, **wish)
    actions.entered(world, host, str(made.answer["session"]))


def wait_for_planned(world: World) -> None:
    """Wait until the last moment that was planned for soon has passed for every clock of the target. Nobody waits for
    what is planned for tomorrow. Raises BadFeature when that is all."""
    far = clock.now() + dt.timedelta(seconds=A_DAY / 2)
    moments = [each.planned for each in world.people.values() if each.planned is not None and each.planned < far]
    if not moments:
        raise BadFeature("nothing has been planned for soon before this step", hint='a Given with "soon" in it')
    last = max(moments)
    last += _PRECISION
    seconds = max((last - clock.now()).total_seconds(), 0.0)
    eventually(lambda: clock.now() > last, bool, seconds + _PRECISION.total_seconds(), pause=world.browsers.let_pass)


def _moment(seconds: float) -> dt.datetime:
    return dt.datetime.fromisoformat(now(seconds))


def _text(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _is_past(host: Person, *, but: dt.timedelta = _PRECISION) -> bool:
    return host.planned is not None and clock.latest() + but >= host.planned


def _too_slow() -> Inconclusive:
    message = "the planned end came before all that comes first: [deadlines] soon is too short for this target"
    return Inconclusive("too-slow", message, hint="a longer [deadlines] soon, or clocks that agree")

"""What a host asks for beyond being live, and what is expected to come of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from hashlib import sha256

from greenroom.claims import rooms, sessions
from greenroom.claims.fact import every
from greenroom.core.errors import NotApplicable
from greenroom.core.placeholders import holes
from greenroom.drivers.gateway import now
from greenroom.drivers.outcome import CarriedOut, Refused
from greenroom.people.person import Person
from greenroom.relations.canonical import LIVE_ROOM
from greenroom.scenario import actions, places, presence
from greenroom.scenario.operations import must, succeeded
from greenroom.scenario.world import World

_A_DAY = 24 * 3600.0
_TOKYO = dt.timezone(dt.timedelta(hours=9))
TOPIC, ANOTHER_TOPIC = "talk", "music"
"""What sessions are about: the one that every Go Live asks for, and another."""

ODD_TITLES: Mapping[str, str | None] = {
    "a title with a null byte": "Questions\0and answers",
    "a title with half a character": "Half a smile \ud83d",
    "a title of 10,000 letters": "".join(sha256(bytes([part])).hexdigest() for part in range(157))[
        :10_000
    ],  # hardly to be compressed
    "a title of spaces": "   ",
    "no title at all": None,
}
"""What a client may send for a title though no person does, by the word in a feature. It may be taken or refused."""

ODD_TIMES: Mapping[str, str | None] = {
    "the last evening of the year 9999": "9999-12-31T23:30:00-05:00",  # no calendar has it in UTC
    "the first morning of the year 1": "0001-01-01T00:30:00+05:00",
    "the thirtieth of February": "2031-02-30T10:00:00Z",
    "no day at all": None,
}
"""What a client may send for a start though no person plans it, by the word in a feature."""

ODD_ENDS: Mapping[str, str] = {
    "a time long before it begins": "2011-02-03T10:00:00Z",
    "the last evening of the year 9999": "9999-12-31T23:30:00-05:00",
    "the thirtieth of February": "2031-02-30T10:00:00Z",
}
"""What a client may send for a planned end, by the word in a feature."""

ODD_CAPACITIES: Mapping[str, int | float] = {
    "nobody": 0,
    "fewer than nobody": -1,
    "half a person": 0.5,
    "more than there are people": 10**12,
}
"""What a client may send for how many people there is room for, by the word in a feature."""


def try_odd_time(world: World, host: Person, start: str | None) -> None:
    """The host tries to schedule a session for such a time; what came of it is kept."""
    wish = {"room": host.room_id, "title": world.naming.title(), "topics": [TOPIC], "starts_at": start}
    host.outcomes = [world.gateway.attempt_nonsense("schedule", host.account, **wish)]


def try_odd_title(world: World, host: Person, title: str | None) -> None:
    """The host tries to go live with such a title; what came of it is kept."""
    _try_odd(world, host, title=title)


def try_odd_end(world: World, host: Person, end: str) -> None:
    """The host tries to go live until such a time; what came of it is kept."""
    _try_odd(world, host, ends_at=end)


def try_odd_capacity(world: World, host: Person, capacity: float) -> None:
    """The host tries to go live with room for so many people; what came of it is kept."""
    _try_odd(world, host, capacity=capacity)


def _try_odd(world: World, host: Person, **odd: object) -> None:
    wish = {"room": host.room_id, "title": world.naming.title(), "topics": [TOPIC], **odd}
    host.outcomes = [world.gateway.attempt_nonsense("go_live", host.account, **wish)]


def go_live_on_another_topic(world: World, host: Person) -> None:
    """The host goes live with a topic that no session before had. Raises NotApplicable where topics can't be named."""
    check_topics(world, "go_live")
    actions.go_live_unnoticed(world, host, topics=[ANOTHER_TOPIC])
    presence.be_present(world, host)


def check_topics(world: World, operation: str) -> None:
    """Raises NotApplicable where whoever asks for the operation can't name a topic."""
    described = world.target.operations.get(operation)
    parts = [described.path, described.query, described.json_, described.form] if described is not None else []
    if described is not None and "topics" not in holes(parts):
        raise NotApplicable("topics", f"the operation {operation} has no {{topics}}")


def go_live_without_topics(world: World, host: Person) -> None:
    """The host goes live and names no topic. Raises NotApplicable where topics can't be named, or one has to be."""
    check_topics(world, "go_live")
    host.title = world.naming.title()
    wish = {"room": host.room_id, "title": host.title, "topics": []}
    outcome = world.gateway.attempt_nonsense("go_live", host.account, **wish)
    if isinstance(outcome, Refused):
        raise NotApplicable("topics", "the target lets nobody go live without a topic")
    host.begun = succeeded(outcome)
    actions.entered(world, host, str(host.begun.answer["session"]))


def go_live_by_input_method(world: World, host: Person) -> None:
    """The host goes live from the page, and has taken the first words of the title from an input method by Enter.
    Raises what `actions.go_live_in_browser` does."""
    with world.browsers.of(host).go_live.writing_by_input_method():
        actions.go_live_in_browser(world, host)


def go_live_beside_second_tab(world: World, host: Person) -> None:
    """The host fills in the form of Go Live, opens the listing in a second tab, and goes live in the first, as it is by
    then. Raises what `actions.go_live_in_browser` does."""

    def open_second_tab() -> None:
        browser = world.browsers.of(host)
        places.put_page_away(world, host)
        browser.tab.new_tab()
        browser.listing.open()
        places.look_at_tab(world, host, 1)
        places.come_back_to_page(world, host)
        browser.go_live.let_page_go_on()

    actions.go_live_in_browser(world, host, meanwhile=open_second_tab)


def take_another_name(world: World, host: Person) -> None:
    """The host is called otherwise from here on. Raises NotApplicable where nobody may change their own name so."""
    name = world.naming.full_name(f"{host.name}-Maria")
    outcome = world.gateway.attempt("rename_host", host.account, room=host.room_id, title=name)
    if isinstance(outcome, Refused):
        raise NotApplicable("renaming", "the target lets no host change their name past the gateway")
    succeeded(outcome)
    assert host.account is not None
    host.account = dataclasses.replace(host.account, name=name)


def go_live_privately(world: World, host: Person) -> None:
    """The host goes live through the gateway with a session that visitors are not to see, and is there."""
    host.title = world.naming.title()
    wish = {"room": host.room_id, "title": host.title, "topics": ["talk"]}
    made = must(world.gateway, "go_live_privately", host.account, **wish)
    actions.entered(world, host, str(made.answer["session"]))
    host.hidden = host.session_id
    presence.comes_in(world, host, "go_live")
    presence.be_present(world, host)


def schedule_again(world: World, host: Person) -> None:
    """The host schedules another session, for when the one before was to begin."""
    assert host.planned is not None
    _entered(world, host, must(world.gateway, "schedule", host.account, room=host.room_id, **_wish(world, host)))


def try_schedule_by_tokyo(world: World, host: Person) -> None:
    """The host tries to schedule a session for tomorrow, in the time of Tokyo; what came of it is kept."""
    host.planned = dt.datetime.fromisoformat(now(_A_DAY)).astimezone(_TOKYO)
    host.outcome = world.gateway.attempt("schedule", host.account, room=host.room_id, **_wish(world, host))
    if isinstance(host.outcome, CarriedOut):
        _entered(world, host, host.outcome)


def expect_scheduled_or_refused(world: World, host: Person) -> None:
    """What was carried out is scheduled for when it was asked for; else every row of the room is as it was (G3)."""
    if isinstance(host.last_outcome, CarriedOut):
        expect_scheduled(world, host)
    else:
        world.expect(f"{host.name}'s room is as it was", rooms.unchanged(world.before, [host.room_id]), deadline="")


def _wish(world: World, host: Person) -> dict[str, object]:
    assert host.planned is not None
    host.title = world.naming.title()
    return {"title": host.title, "topics": [TOPIC], "starts_at": host.planned.isoformat(timespec="milliseconds")}


def _entered(world: World, host: Person, made: CarriedOut) -> None:
    actions.entered(world, host, str(made.answer["session"]))


def on_air(world: World) -> Sequence[str]:
    """The states of a room that is on air: where a session may begin in a lobby on purpose, a lobby is none."""
    return ("live",) if world.target.can("lobby") else LIVE_ROOM


def expect_scheduled(world: World, host: Person) -> None:
    """The host's room is scheduled, and its session begins when the host asked for it (G3)."""
    assert host.planned is not None
    scheduled = every(
        rooms.is_live(host.room_id, statuses=("scheduled",)),
        sessions.starts_at(host.session_id, host.planned),
    )
    world.expect(f"{host.name}'s session is scheduled for when it was asked for", scheduled)

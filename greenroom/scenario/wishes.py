"""What a host asks for beyond being live, and what is expected to come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from greenroom.claims import rooms, sessions
from greenroom.claims.fact import every
from greenroom.people.person import Person
from greenroom.relations.canonical import LIVE_ROOM
from greenroom.scenario import actions, presence
from greenroom.scenario.operations import must
from greenroom.scenario.world import World

TOPIC, ANOTHER_TOPIC = "talk", "music"
"""What sessions are about: the one that every Go Live asks for, and another."""

ODD_TITLES: Mapping[str, str | None] = {
    "a title with a null byte": "Questions\0and answers",
    "a title of 10,000 letters": "".join(sha256(bytes([part])).hexdigest() for part in range(157))[
        :10_000
    ],  # hardly to be compressed
    "a title of spaces": "   ",
    "no title at all": None,
}
"""What a client may send for a title though no person does, by the word in a feature. It may be taken or refused."""


def try_odd_title(world: World, host: Person, title: str | None) -> None:
    """The host tries to go live with such a title; what came of it is kept."""
    wish = {"room": host.room_id, "title": title, "topics": [TOPIC]}
    host.outcomes = [world.gateway.attempt_nonsense("go_live", host.account, **wish)]


def go_live_on_another_topic(world: World, host: Person) -> None:
    """The host goes live with a topic that no session before had."""
    actions.go_live_unnoticed(world, host, topics=[ANOTHER_TOPIC])
    presence.be_present(world, host)


def go_live_privately(world: World, host: Person) -> None:
    """The host goes live through the gateway with a session that visitors are not to see, and is there."""
    host.title = world.naming.title()
    wish = {"room": host.room_id, "title": host.title, "topics": ["talk"]}
    made = must(world.gateway, "go_live_privately", host.account, **wish)
    actions.entered(world, host, str(made.answer["session"]))
    presence.comes_in(world, host, "go_live")
    presence.be_present(world, host)


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

"""A Go Live with an idempotency key that is sent once more after it was carried out (C4)."""

from __future__ import annotations

from greenroom.people.person import Person
from greenroom.scenario import actions, presence
from greenroom.scenario.world import World


def go_live_with_key(world: World, host: Person) -> None:
    """The host goes live with an idempotency key."""
    actions.go_live_unnoticed(world, host, key=f"key-{world.mark}")
    presence.be_present(world, host)


def send_go_live_again(world: World, host: Person) -> None:
    """The host's last Go Live, which had a key, is sent once more; what came of it is kept."""
    wish = {"room": host.room_id, "title": host.title, "topics": ["talk"], "key": f"key-{world.mark}"}
    host.outcomes = [world.gateway.attempt("go_live", host.account, **wish)]

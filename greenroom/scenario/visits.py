"""Guests of a room: how many there is room for, who comes, and who is put out."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.people.person import Person
from greenroom.scenario import actions, presence
from greenroom.scenario.operations import must
from greenroom.scenario.world import World


def go_live_with_room_for(world: World, host: Person, people: int) -> None:
    """The host goes live with a session that takes so many people, and is there."""
    actions.go_live_unnoticed(world, host, capacity=people)
    presence.be_present(world, host)


def come_one_after_the_other(world: World, guests: Sequence[Person], host: Person) -> None:
    """Each guest asks to come in; what came of it is kept."""
    for guest in guests:
        actions.attempt(world, guest, "join", room=host.room_id)


def put_out(world: World, operation: str, host: Person, guest: Person) -> None:
    """The host puts a guest out, by the operation "kick" or "ban"."""
    must(world.gateway, operation, host.account, room=host.room_id, guest=guest.account_id)

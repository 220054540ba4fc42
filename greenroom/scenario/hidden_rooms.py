"""Rooms whose page says by its status that there is nothing for whoever is not signed in."""

from __future__ import annotations

from greenroom.core.errors import Inconclusive
from greenroom.people.person import Person
from greenroom.scenario.world import World

_NOT_READY = "page-not-ready"  # as where nothing of a room is shown: its driver's module takes long to import


def open_room(world: World, visitor: Person, host: Person) -> None:
    """The visitor opens the page of the host's room. Raises Inconclusive when it hides from visitors what is public:
    whether it may, nobody says."""
    tab = world.browsers.of(visitor).tab
    world.browsers.of(visitor).viewer.open(host.values())
    if tab.hides and not tab.is_signed_in and host.session_id != host.hidden:
        hint = "[web] sign_in_path, where visitors are sent to sign in"
        raise Inconclusive(_NOT_READY, f"the page hides a room from visitors that is public: {tab.there()}", hint=hint)

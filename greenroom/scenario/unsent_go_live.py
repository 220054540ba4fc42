"""A Go Live that is filled in on the page and never pressed (G7)."""

from __future__ import annotations

from greenroom.people.person import Person
from greenroom.scenario.world import World


def think_better_of_it(world: World, host: Person) -> None:
    """The host fills in the form of Go Live, presses no button but Escape, and loads the page anew."""
    host.title = world.naming.title()
    popup = world.browsers.of(host).go_live
    popup.open(host.values())
    popup.give_up(host.values())

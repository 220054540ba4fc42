"""A Go Live that is filled in on the page and not pressed then: never (G7), or after all (G2)."""

from __future__ import annotations

from greenroom.people.person import Person
from greenroom.scenario import actions, presence
from greenroom.scenario.world import World


def think_better_of_it(world: World, host: Person) -> None:
    """The host fills in the form of Go Live, presses no button but Escape, and loads the page anew."""
    host.title = world.naming.title()
    popup = world.browsers.of(host).go_live
    popup.open(host.values())
    popup.give_up(host.values())


def go_live_after_all(world: World, host: Person) -> None:
    """The host fills in the form of Go Live, presses Escape, goes live after all, and ends up in the viewer. Nothing is
    loaded anew."""
    host.title = world.naming.title()
    popup = world.browsers.of(host).go_live
    popup.open(host.values())
    popup.change_mind(host.values())
    actions.comes_to(world, host, popup.submit(host.values()))
    actions.must_have_opened(host)
    actions.find_session(world, host)
    presence.comes_in(world, host, "go_live", "page")

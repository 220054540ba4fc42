"""An end on the page that takes its time: somebody comes in while the host is about to end the room (E1)."""

from __future__ import annotations

from greenroom.people.person import Person
from greenroom.scenario import actions
from greenroom.scenario.world import World


def end_as_somebody_joins(world: World, host: Person, guest: Person) -> None:
    """The guest joins, and the page goes on, while the page asks the host whether to end the room, or just before the
    press where it asks nothing; the host ends it. Raises BrokenPromise when the end can't be confirmed then."""
    browser = world.browsers.of(host)

    def come_in() -> None:
        actions.join(world, guest, host)
        browser.go_live.let_page_go_on()

    if browser.viewer.asks_before_an_end:
        actions.end_in_browser(world, host, come_in)
    else:
        come_in()
        actions.end_in_browser(world, host)

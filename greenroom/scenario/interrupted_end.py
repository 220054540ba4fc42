"""An end on the page that takes its time: something happens while the host is asked whether to end the room (E1)."""

from __future__ import annotations

from greenroom.core.errors import NotApplicable
from greenroom.people.person import Person
from greenroom.scenario import actions
from greenroom.scenario.world import World


def join_before_it_is_confirmed(world: World, host: Person, guest: Person) -> None:
    """The host presses End Room, the guest joins, the page goes on, and the host confirms the end, which the page says
    has come. Raises NotApplicable where the page asks nothing, BrokenPromise when the end can't be confirmed then."""
    browser = world.browsers.of(host)
    if not browser.viewer.asks_before_an_end:
        raise NotApplicable("confirmation", "the page does not ask before it ends a room, or the browser does")

    def come_in() -> None:
        actions.join(world, guest, host)
        browser.go_live.let_page_go_on()

    actions.end_in_browser(world, host, come_in)

"""A guest who presses Leave while what brings them in is still under way."""

from __future__ import annotations

from greenroom.core.deadlines import eventually
from greenroom.core.errors import BrokenPromise, Inconclusive, NotApplicable
from greenroom.people.person import Person
from greenroom.scenario import visits
from greenroom.scenario.world import World

_A_MOMENT = 1.0
"""Seconds in which a press has begun to do what it does, where it does not wait for something."""


def come_in_and_leave(world: World, guest: Person, host: Person) -> None:
    """The guest comes in on the room's page, leaves before the gateway has answered that, and waits until the page has
    got all its answers. A page may wait with the one for the other.

    Raises NotApplicable where the page sends no such request, or has no way to leave before it is answered.
    """
    browser = world.browsers.of(guest)
    browser.faults.cause("join", "is slow")
    try:
        visits.come_in_on_page(world, guest, host)
    except (BrokenPromise, Inconclusive):
        raise NotApplicable("leaving", "the page shows nothing before the guest is inside") from None
    pause = browser.tab.let_pass
    met, _ = eventually(lambda: browser.faults.has_met("join"), bool, world.deadlines.settle, pause=pause)
    if not met:
        raise NotApplicable("request:join", "the page sends no request by which a guest comes in")
    try:
        visits.leave_on_page(world, guest, host)
    except BrokenPromise:
        raise NotApplicable("leaving", "the page has no way to leave before the guest is inside") from None
    browser.go_live.let_page_go_on(within=_A_MOMENT)  # what it sends for that is sent, and has its answer
    browser.faults.lift()
    browser.tab.traffic.settle(browser.tab.page, pause, world.deadlines.page)

"""People who go from page to page by the links that are shown, and never load a document by its address."""

from __future__ import annotations

from greenroom.core.errors import NotApplicable
from greenroom.people.person import Person
from greenroom.scenario import actions, listing, presence
from greenroom.scenario.world import World


def go_to_listing(world: World, person: Person) -> None:
    """The person goes to the listing by a link. Raises NotApplicable where the page that they look at shows none, and
    where they have signed out and are sent to sign in."""
    from greenroom.drivers.web import links

    tab = world.browsers.of(person).tab
    if not links.go_to_listing(tab):
        raise NotApplicable("links", "the room's page shows no link to the listing")
    if tab.was_sent_to_sign_in():
        raise NotApplicable("sign-in", "whoever has signed out is sent to sign in, and sees no listing")


def press_end_and_go_to_listing(world: World, host: Person) -> None:
    """The host presses End Room, and goes to the listing by a link before it is answered. A link that loads another
    document gives up what was under way: then the host opens the room once more, and presses End Room there. Raises
    NotApplicable where no link leads to the listing."""
    from greenroom.drivers.web import links

    browser, kept = world.browsers.of(host), "globalThis[Symbol.for('greenroom.same')]"
    browser.tab.look("the room", lambda: browser.tab.page.evaluate(f"() => {{ {kept} = true }}"))
    if not links.go_to_listing(browser.tab, first=lambda: browser.viewer.press_end(host.values())):
        raise NotApplicable("links", "the room's page shows no link to the listing")
    if not browser.tab.look("the listing", lambda: browser.tab.page.evaluate(f"() => {kept} === true")):
        browser.viewer.open(host.values())
        if browser.viewer.offers_end(host.values()):
            browser.viewer.press_end(host.values())


def go_back_to_listing(world: World, person: Person) -> None:
    """The person, who came from the listing, goes back to it by the browser's history."""
    tab = world.browsers.of(person).tab
    tab.go_back()
    tab.wait_ready(tab.web.listing.ready)


def enter_room(world: World, visitor: Person, host: Person) -> None:
    """The person goes into the host's room by its entry in the listing that they have open, wherever that leads. Raises
    BrokenPromise when there is no entry, and NotApplicable where entries are no links."""
    from greenroom.drivers.web import links

    listing.expect_seen(world, visitor, host)
    browser = world.browsers.of(visitor)
    if not links.enter_room(browser.tab, host.values()):
        raise NotApplicable("links", "entries of the listing are no links to rooms")
    visitor.visiting = host.name
    browser.viewer.arrive(host.values())


def come_in_by_entry(world: World, guest: Person, host: Person) -> None:
    """The same, and the guest does there what it takes to come in. Raises NotApplicable also where nobody comes in by
    the page."""
    viewer = world.browsers.of(guest).viewer
    if not viewer.tells_coming_in:
        raise NotApplicable("coming-in", "the target does not say how guests come in by the page: [web.viewer] come_in")
    enter_room(world, guest, host)
    viewer.come_in(host.values())


def enter_room_and_go_straight_back(world: World, host: Person, other: Person) -> None:
    """The host, who looks at their room, goes into another's by links, and from there back in the browser's history,
    past the listing. Raises NotApplicable where their own room's page does not come then."""
    browser = world.browsers.of(host)
    was_at = browser.tab.page.url
    go_to_listing(world, host)
    enter_room(world, host, other)
    _jump(world, host, -2, was_at)
    host.visiting = ""
    browser.viewer.arrive(host.values())


def go_straight_forward(world: World, host: Person, other: Person) -> None:
    """The same the other way round, into the room from which they went straight back."""
    browser = world.browsers.of(host)
    _jump(world, host, 2)
    host.visiting = other.name
    browser.viewer.arrive(other.values())


def _jump(world: World, person: Person, pages: int, place: str = "") -> None:
    from greenroom.drivers.web import links

    browser = world.browsers.of(person)
    links.jump_in_history(browser.tab, pages)
    if not browser.viewer.is_room() or (place and browser.tab.page.url != place):
        raise NotApplicable("history", "the browser's history does not lead to the room past the listing")


def open_address_of(world: World, visitor: Person, host: Person) -> None:
    """Somebody opens the address that the browser of the host shows, as it was sent to them. Raises NotApplicable where
    that is no address of a room."""
    shown = world.browsers.of(host)
    if not shown.viewer.is_room():
        raise NotApplicable("own-address", "the host is led to no address of a room")
    visitor.visiting = host.name
    world.browsers.of(visitor).viewer.open_address(shown.tab.page.url, host.values())


def go_live_again(world: World, host: Person) -> None:
    """The host, who has ended the room on the page, goes live from the listing, to which a link leads, and ends up in
    the viewer. Raises NotApplicable where going live does not begin there, or no link leads there."""
    web = world.target.web
    if web is None or web.go_live.page != "listing":
        raise NotApplicable("links", "going live does not begin on the listing")
    go_to_listing(world, host)
    host.title, popup = world.naming.title(), world.browsers.of(host).go_live
    popup.open_here(host.values())
    actions.comes_to(world, host, popup.submit(host.values()))
    actions.must_have_opened(host)
    actions.find_session(world, host)
    presence.comes_in(world, host, "go_live", "page")

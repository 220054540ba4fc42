"""Going from page to page by the links that are shown: nothing is loaded by its address."""

from __future__ import annotations

from pytest_bdd import given, when

from fixtures.step_text import costs
from greenroom.scenario import page_links
from greenroom.scenario.world import World
from steps.words import text


@when(text("{person:Name} goes back to the listing by a link"))
def goes_to_listing(world: World, person: str) -> None:
    """A link of the page that they look at; whoever is on the listing already stays there."""
    page_links.go_to_listing(world, world.people.person(person))


@when(text("{host:Name} presses End Room and goes back to the listing by a link at once"))
def presses_end_and_goes(world: World, host: str) -> None:
    """The end is under way when the page shows the listing. Where the link loads another document, which ends what was
    under way, the host opens the room and presses End Room again."""
    page_links.press_end_and_go_to_listing(world, world.people.person(host))


@given(text("{visitor:Name} has gone into {host:Name}'s room from the listing"))
@when(text("{visitor:Name} goes into {host:Name}'s room from the listing"))
def enters_room(world: World, visitor: str, host: str) -> None:
    """By its entry in the listing that is open."""
    page_links.enter_room(world, world.people.person(visitor), world.people.person(host))


@when(text("{guest:Name} comes into {host:Name}'s room from the listing"))
def comes_in_from_listing(world: World, guest: str, host: str) -> None:
    """By its entry in the listing that is open; where that is not enough, the guest does there what it takes."""
    page_links.come_in_by_entry(world, world.people.person(guest), world.people.person(host))


@when(text("{member:Name} goes back to the listing by the browser's history"))
def goes_back_by_history(world: World, member: str) -> None:
    """As with the browser's own button; the listing is as it comes then."""
    page_links.go_back_to_listing(world, world.people.person(member))


@when(text("{host:Name} goes into {other:Name}'s room by links, and straight back in the browser's history"))
def goes_straight_back(world: World, host: str, other: str) -> None:
    """From the host's own room by the listing; and back past it, as by the list that the browser's button shows."""
    page_links.enter_room_and_go_straight_back(world, world.people.person(host), world.people.person(other))


@when(text("{host:Name} goes straight forward into {other:Name}'s room again"))
def goes_straight_forward(world: World, host: str, other: str) -> None:
    """In the browser's history, past the listing."""
    page_links.go_straight_forward(world, world.people.person(host), world.people.person(other))


@when(text("{visitor:Name} opens the address that {host:Name}'s browser shows"))
def opens_address(world: World, visitor: str, host: str) -> None:
    """As it was copied and sent to them, with all that a page has put into it."""
    page_links.open_address_of(world, world.people.person(visitor), world.people.person(host))


@when(text("{host:Name} comes back by links of the pages"))
def comes_back_by_links(world: World, host: str) -> None:
    """To the listing, and into the room again by its entry."""
    person = world.people.person(host)
    page_links.go_to_listing(world, person)
    page_links.enter_room(world, person, person)


@when(text("{host:Name} goes live from the listing that is open"))
@when(text("{host:Name} goes back to the listing by a link and goes live from there"))
@costs(go_lives=1)
def goes_live_again(world: World, host: str) -> None:
    """Nothing is loaded anew where the pages are one application."""
    page_links.go_live_again(world, world.people.host(host))

"""Where people look from: a tab that was there before, another device, a page that is closed, a lost network."""

from __future__ import annotations

from pytest_bdd import given, then, when

from greenroom.claims import rooms
from greenroom.scenario import actions, places, presence, sign_ins
from greenroom.scenario.world import World
from steps.words import text


@when(text("{person:Name} looks at the first tab again"))
def looks_at_first_tab(world: World, person: str) -> None:
    """The tab that was open before a new one, as it is by now: nothing is loaded anew."""
    places.look_at_tab(world, world.people.person(person), 1)


@when(text("{host:Name} opens her room in two tabs at the same moment"))
def opens_two_tabs(world: World, host: str) -> None:
    """In one browser, as it brings back what was open; then the second of the two is looked at."""
    places.open_in_two_tabs_at_once(world, world.people.person(host))


@when(text("{person:Name} looks at the second tab again"))
def looks_at_second_tab(world: World, person: str) -> None:
    """The tab that was opened after the first, as it is by now: nothing is loaded anew."""
    places.look_at_tab(world, world.people.person(person), 2)


@when(text("{visitor:Name} opens {host:Name}'s room in a new tab"))
def opens_in_new_tab(world: World, visitor: str, host: str) -> None:
    """By the room's link, in the browser that the visitor has; the tab that was open stays open."""
    places.open_in_new_tab(world, world.people.person(visitor), world.people.person(host))


@when(text("{host:Name} ends the room from another device"))
def ends_from_another_device(world: World, host: str) -> None:
    """Signed in there as well, by the room's link; the page that was open before stays open."""
    places.end_from_another_device(world, world.people.person(host))


@when(text("{person:Name} closes the browser"))
def closes_browser(world: World, person: str) -> None:
    """All tabs at once, without a word to anybody. What the person does next in the browser is in a new one."""
    places.close_page(world, world.people.person(person))


@given(text("{person:Name} has put the page into the background"))
@when(text("{person:Name} puts the page into the background"))
def has_put_page_away(world: World, person: str) -> None:
    """As behind another tab, or on a phone that is locked."""
    places.put_page_away(world, world.people.person(person))


@when(text("{person:Name} comes back to the page"))
def comes_back_to_page(world: World, person: str) -> None:
    """It is in sight again; nothing is loaded anew."""
    places.come_back_to_page(world, world.people.person(person))


@when(text("{person:Name} comes back to the page, as it was before"))
def comes_back_to_page_as_it_was(world: World, person: str) -> None:
    """It is in sight again; nothing is loaded anew. Not applicable where it has told of an end meanwhile."""
    places.come_back_to_page_as_it_was(world, world.people.person(person))


@given(text("{person:Name} works in another window, beside the page"))
def works_beside(world: World, person: str) -> None:
    """The page stays in sight, and its window has the keyboard no longer."""
    places.work_beside(world, world.people.person(person))


@given(text("{person:Name} has looked at the page for a while"))
def has_looked_for_a_while(world: World, person: str) -> None:
    """What a page does a few times after it was opened is done."""
    places.look_for_a_while(world, world.people.person(person))


@given(text("{member:Name} has opened the listing behind another tab"))
def has_opened_listing_behind(world: World, member: str) -> None:
    """Loaded in a tab that was not in sight yet."""
    places.open_listing_behind(world, world.people.person(member))


@when(text("{member:Name} looks at the tab behind"))
def looks_at_tab_behind(world: World, member: str) -> None:
    """It is in sight for the first time; nothing is loaded anew."""
    places.look_at_listing_behind(world, world.people.person(member))


@when(text("{person:Name} closes the first of the two tabs"))
def closes_first_tab(world: World, person: str) -> None:
    """The other one stays open, and is in sight."""
    places.close_first_tab(world, world.people.person(person))


@given(text("{person:Name} has no network"))
@when(text("{person:Name} loses the network"))
def loses_network(world: World, person: str) -> None:
    """No request of the person's pages gets through, until the network is back."""
    places.lose_network(world, world.people.person(person))


@given(text("{person:Name} has had no network for a while"))
def has_had_no_network(world: World, person: str) -> None:
    """The person's pages have asked in vain, again and again."""
    places.be_without_network(world, world.people.person(person))


@when(text("{person:Name} has the network back"))
def has_network_back(world: World, person: str) -> None:
    """From here on requests get through again; the page is not reloaded."""
    places.find_network(world, world.people.person(person))


@given(text("{visitor:Name} has {host:Name}'s room open in the browser"))
def has_room_open(world: World, visitor: str, host: str) -> None:
    """Opened by its link, before the scenario's act."""
    actions.visit(world, world.people.person(visitor), world.people.person(host))


@given(text("{guest:Name} has had {host:Name}'s room open until the sign-in has run out"))
def has_had_room_open_for_long(world: World, guest: str, host: str) -> None:
    """To the page a quarter of an hour passes, and its token is over, but can be renewed."""
    sign_ins.keep_room_open(world, world.people.person(guest), world.people.person(host))


@given(text("{visitor:Name} has had {host:Name}'s room open in the browser for a quarter of an hour"))
def has_had_room_open(world: World, visitor: str, host: str) -> None:
    """By the clock of the page, which was not touched meanwhile."""
    places.have_had_open(world, world.people.person(visitor), world.people.person(host))


@given(text("{visitor:Name} has opened {host:Name}'s room in the browser, on a clock a quarter of an hour late"))
def has_opened_in_the_past(world: World, visitor: str, host: str) -> None:
    """By its link. What a page puts off happens once that quarter of an hour has passed on it."""
    places.open_in_the_past(world, world.people.person(visitor), world.people.person(host))


@given(text("{visitor:Name}'s pages are on a clock a quarter of an hour late"))
def is_in_the_past(world: World, visitor: str) -> None:
    """What they put off happens once that quarter of an hour has passed on them."""
    places.live_in_the_past(world, world.people.person(visitor))


@when(text("a quarter of an hour passes on {visitor:Name}'s page"))
def time_passes_on_page(world: World, visitor: str) -> None:
    """What the page has put off until then happens now; its clock is right after that."""
    places.come_to_the_present(world, world.people.person(visitor))


@given(text("{member:Name} has had the listing open in the browser for a quarter of an hour"))
def has_had_listing_open(world: World, member: str) -> None:
    """By the clock of the page, which was not touched meanwhile."""
    places.have_had_open(world, world.people.person(member), None)


@given(text("{visitor:Name} has had {host:Name}'s room open for a quarter of an hour, mostly without a network"))
def has_had_room_open_in_vain(world: World, visitor: str, host: str) -> None:
    """By the clock of the page, which has asked in vain again and again. The network is back, and the page not loaded
    anew."""
    places.have_had_open_in_vain(world, world.people.person(visitor), world.people.person(host))


@given(text("{member:Name} has had the listing open for a quarter of an hour, mostly without a network"))
def has_had_listing_open_in_vain(world: World, member: str) -> None:
    """By the clock of the page, which has asked in vain again and again. The network is back, and the page not loaded
    anew."""
    places.have_had_open_in_vain(world, world.people.person(member), None)


@given(text("{host:Name} has announced being away"))
@when(text("{host:Name} announces being away"))
def announces_being_away(world: World, host: str) -> None:
    """One request, which is carried out."""
    places.announce_absence(world, world.people.person(host))


@then(text("{host:Name}'s room shows that its host is there"))
def shows_host_there(world: World, host: str) -> None:
    """What the room says of its host's presence, where a call sets it."""
    presence.check_shown(world.target)
    room_id = world.people.person(host).room_id
    world.expect(f"{host}'s room shows that its host is there", rooms.shows_host(room_id, present=True))


@then(text("{host:Name}'s room shows that its host is away"))
def shows_host_away(world: World, host: str) -> None:
    """What the room says of its host's presence, where a call sets it."""
    presence.check_shown(world.target)
    room_id = world.people.person(host).room_id
    world.expect(f"{host}'s room shows that its host is away", rooms.shows_host(room_id, present=False))


@when(text("{host:Name} announces being back"))
def announces_being_back(world: World, host: str) -> None:
    """One request, which is carried out."""
    presence.check_shown(world.target)
    presence.be_present(world, world.people.person(host))


@when(text("{host:Name} opens a second tab with her room, and closes it"))
def opens_and_closes_tab(world: World, host: str) -> None:
    """The first tab stays as it is; the second has shown the room before it is closed."""
    places.open_and_close_tab(world, world.people.person(host))

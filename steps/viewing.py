"""A room's page: who sees End Room on it, however they came."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.step_text import costs
from greenroom.claims import pages
from greenroom.drivers.web.device import PHONE_ON_ITS_SIDE
from greenroom.drivers.web.troubles import Trouble
from greenroom.scenario import actions, places, sign_ins
from greenroom.scenario.world import World
from steps.words import text


@when(text("{visitor:Name} opens {host:Name}'s room in the browser"))
def opens(world: World, visitor: str, host: str) -> None:
    """By the room's link."""
    actions.visit(world, world.people.person(visitor), world.people.person(host))


@when(text("{person:Name} reloads the page"))
def reloads(world: World, person: str) -> None:
    """F5, until the page is ready again."""
    actions.reload(world, world.people[person])


@when(text("{guest:Name} reloads the page right after {host:Name} has"))
def reloads_right_after(world: World, guest: str, host: str) -> None:
    """F5 on both pages, that of the host first; what is kept of the one answer for a moment is not for the other."""
    actions.reload(world, world.people[host])
    actions.reload(world, world.people[guest])


@when(text("{person:Name} reloads the page {n:Count} times"))
def reloads_often(world: World, person: str, n: int) -> None:
    """F5 again and again."""
    for _ in range(n):
        actions.reload(world, world.people[person])


@when(text("{host:Name} presses End Room and reloads the page at once"))
def presses_and_reloads(world: World, host: str) -> None:
    """The end is under way when the page goes and comes again."""
    actions.press_end_and_reload(world, world.people.person(host))


@when(text("{host:Name} comes back by a link in a new tab"))
def comes_back_in_tab(world: World, host: str) -> None:
    """The same browser, a new tab, nothing handed over."""
    actions.come_back_in_tab(world, world.people.person(host))


@when(text("{host:Name} comes back by a new browser"))
def comes_back_in_browser(world: World, host: str) -> None:
    """Another browser in which the host has signed in."""
    person = world.people.person(host)
    world.browsers.another(person).viewer.open(person.values())


@when(text("{host:Name} comes back by back and forward"))
def comes_back_by_history(world: World, host: str) -> None:
    """Away to the listing, and back by the browser's history."""
    person = world.people.person(host)
    world.browsers.of(person).viewer.back_and_forward(person.values())


@when(text("{host:Name} comes back by a link in a mail"))
def comes_back_from_mail(world: World, host: str) -> None:
    """The room's link with more in its query, as programs for mail and messages put there."""
    person = world.people.person(host)
    world.browsers.of(person).viewer.open_from_mail(person.values())


@when(text("{host:Name} comes back by a phone"))
def comes_back_by_phone(world: World, host: str) -> None:
    """A small screen that is touched, on which the host has signed in."""
    places.come_back_by_phone(world, world.people.person(host))


@when(text("{host:Name} comes back by a phone on its side"))
def comes_back_by_phone_on_its_side(world: World, host: str) -> None:
    """The same, held so that it is wide and low."""
    places.come_back_by_phone(world, world.people.person(host), PHONE_ON_ITS_SIDE)


@when(text("{host:Name} comes back when the sign-in has run out"))
def comes_back_later(world: World, host: str) -> None:
    """The token that the page has kept is over, and can be renewed."""
    sign_ins.come_back_later(world, world.people.person(host))


@when(text("{host:Name} comes back when the sign-in has run out, and renewing it {trouble:Trouble}"))
def comes_back_in_vain(world: World, host: str, trouble: Trouble) -> None:
    """The page asks for a new token and meets that trouble; after that all is well again."""
    sign_ins.come_back_in_vain(world, world.people.host(host), trouble)


@when(text("{host:Name} keeps the room's page open in two tabs until the sign-in has run out"))
def keeps_two_tabs_open(world: World, host: str) -> None:
    """In one browser; both ask for a new token before either has one."""
    sign_ins.keep_open_twice(world, world.people.person(host))


@when(text("{host:Name} comes back when the sign-in has run out once more"))
def comes_back_once_more(world: World, host: str) -> None:
    """In the same browser, in which the page has renewed the sign-in before: what it has kept since is over, too."""
    sign_ins.come_back_once_more(world, world.people.person(host))


@when(text("{host:Name} keeps the room's page open until the sign-in has run out"))
def keeps_page_open(world: World, host: str) -> None:
    """Opened by the room's link, and not reloaded: to the page a quarter of an hour passes, and its token is over, but
    can be renewed."""
    sign_ins.keep_open(world, world.people.person(host))


@when(text("{host:Name} signs out on the room's page, and opens the room again"))
def signs_out(world: World, host: str) -> None:
    """By the control that pages have for it; then the room's link."""
    person = world.people.person(host)
    places.sign_out(world, person, person)


@when(text("{host:Name} signs out while the page renews the sign-in, and opens the room again"))
def signs_out_while_renewing(world: World, host: str) -> None:
    """What renews it is answered after the press; then the room's link."""
    sign_ins.sign_out_while_renewing(world, world.people.person(host))


@when(text("{host:Name} signs out in a second tab, and looks at the first one again"))
def signs_out_in_second_tab(world: World, host: str) -> None:
    """By the control that pages have for it; in the first tab nothing is loaded anew."""
    places.sign_out_in_second_tab(world, world.people.person(host))


@when(text("{guest:Name} signs out on the room's page, and opens {host:Name}'s room again"))
def guest_signs_out(world: World, guest: str, host: str) -> None:
    """By the control that pages have for it; then the link of the room that was open."""
    places.sign_out(world, world.people.person(guest), world.people.person(host))


@when(text("{host:Name} signs in again on the same page"))
def signs_in_again(world: World, host: str) -> None:
    """In the browser in which they signed out; then the room's link."""
    places.sign_in_again(world, world.people.person(host))


@when(text("{host:Name} signs out, and {other:Name} signs in on the same page"))
def changes_over(world: World, host: str, other: str) -> None:
    """One browser, one after the other; the room's page is opened again."""
    person = world.people.person(host)
    places.change_over(world, person, world.people.person(other), person)


@when(text("{host:Name} signs out, and {other:Name} signs in by links of the page"))
def hands_over(world: World, host: str, other: str) -> None:
    """In one tab, by its links and the form: where the pages are one application, nothing is loaded anew."""
    places.hand_over(world, world.people.person(host), world.people.person(other))


@when(text("{host:Name} signs in by links of the page"))
def signs_in_from_here(world: World, host: str) -> None:
    """In the tab in which they are signed out, by its links and the form; the room is not opened by its link then."""
    places.sign_in_from_here(world, world.people.person(host))


@when(text("{guest:Name} forges the navigation state"))
def forges(world: World, guest: str) -> None:
    """What navigation hands over says that the guest is the host."""
    actions.forge(world, world.people.person(guest))


@then(text("{person:Name} sees End Room"))
def sees_end(world: World, person: str) -> None:
    """The control is visible, at once or within the deadline, and without a reload."""
    viewer, values = actions.room_page(world, world.people[person])
    world.confirm(pages.offers_end(person, viewer, values))


@given(text("the page has told {person:Name} that the room has ended"))
@then(text("the page tells {person:Name} that the room has ended"))
def tells_that_it_has_ended(world: World, person: str) -> None:
    """The room's page, which the person has open, says so within the deadline, without a reload."""
    viewer, values = actions.room_page(world, world.people[person])
    world.confirm(pages.says_ended(viewer, values))


@then(text("the page tells {person:Name} that the room has ended, or asks to sign in"))
def tells_of_end_or_asks_to_sign_in(world: World, person: str) -> None:
    """Which of the two, the target declares by `[web] sign_in_path`."""
    if not world.browsers.of(world.people[person]).tab.was_sent_to_sign_in():
        tells_that_it_has_ended(world, person)


@then(text("{person:Name} does not see End Room"))
def does_not_see_end(world: World, person: str) -> None:
    """The page is ready, and the control is not on it."""
    viewer, values = actions.room_page(world, world.people[person])
    world.confirm(pages.offers_no_end(person, viewer, values))


@then(text("the page goes on and never offers {guest:Name} End Room"))
@costs(waits=True)
def never_offers_end(world: World, guest: str) -> None:
    """For the time called "settle": the control is at no moment on the page."""
    viewer, values = actions.room_page(world, world.people[guest])
    world.confirm(pages.never_offers_end(guest, viewer, values, world.deadlines.settle))


@then(text("the page does not tell {person:Name} that the room has ended"))
def does_not_tell_that_it_has_ended(world: World, person: str) -> None:
    """The page has settled, and says nothing of an end."""
    viewer, values = actions.room_page(world, world.people[person])
    world.confirm(pages.says_no_end(viewer, values))


@then(text("the page goes on and never tells {person:Name} that the room has ended"))
@costs(waits=True)
def never_tells_that_it_has_ended(world: World, person: str) -> None:
    """For the time called "settle", in which what was announced has come to it."""
    viewer, values = actions.room_page(world, world.people[person])
    world.confirm(pages.never_says_end(viewer, values, world.deadlines.settle))


@then(text("the page no longer tells {person:Name} that the room has ended"))
def no_longer_tells_that_it_has_ended(world: World, person: str) -> None:
    """What the page said goes within the deadline, without a reload: the room is live again."""
    viewer, values = actions.room_page(world, world.people[person])
    world.confirm(pages.takes_end_back(viewer, values))


@given(text("the page has told {guest:Name} to wait"))
@then(text("the page tells {guest:Name} to wait"))
def tells_to_wait(world: World, guest: str) -> None:
    """The room's page, which the guest has open, says that they are in the lobby."""
    viewer, values = actions.room_page(world, world.people[guest])
    world.confirm(pages.tells_to_wait(viewer, values))


@then(text("the page no longer tells {guest:Name} to wait"))
def no_longer_tells_to_wait(world: World, guest: str) -> None:
    """What the page said goes within the deadline, without a reload."""
    viewer, values = actions.room_page(world, world.people[guest])
    world.confirm(pages.lets_guest_in(viewer, values))


@then(text("the page does not show {guest:Name} as inside"))
def does_not_show_as_inside(world: World, guest: str) -> None:
    """The room's page, which the guest has open, offers no way to leave, or does so no longer within the deadline."""
    viewer, values = actions.room_page(world, world.people[guest])
    world.confirm(pages.shows_outside(guest, viewer, values))

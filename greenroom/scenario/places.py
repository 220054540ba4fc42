"""Where people look from: a tab that was there before, another device, a page that is closed, a lost network."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from greenroom.claims import pages
from greenroom.claims.announcement import has_ended
from greenroom.claims.observation import Observation
from greenroom.core.deadlines import eventually
from greenroom.core.errors import NotApplicable
from greenroom.drivers.web import visibility
from greenroom.drivers.web.device import PHONE, Device
from greenroom.people.person import Person
from greenroom.scenario import actions
from greenroom.scenario.operations import must
from greenroom.scenario.sign_ins import OPEN_FOR, asks_each_time
from greenroom.scenario.world import World

if TYPE_CHECKING:  # whoever needs no page does not wait for the import of a browser's driver
    from playwright.sync_api import Page

    from greenroom.drivers.account import Account

_A_MOMENT = 1.0
_OFTEN = 6
"""Looks of a page after which one that gives up, or takes its time, has begun to."""
_VERY_OFTEN = 8
"""Looks in vain after which a page that waits twice as long after each has come to wait for minutes."""
_NO_PAGE = "chrome-error:"
"""The address of the browser's own page, which is there when a page was loaded without a network."""


def have_had_open(world: World, person: Person, host: Person | None) -> None:
    """The person has had the host's room open for long, or the listing where none is named: by the page's clock, and
    with all that its timers were to do meanwhile."""
    from greenroom.drivers.web.page_clock import catch_up, late_script

    browser = world.browsers.of(person)
    browser.tab.context.add_init_script(late_script(OPEN_FOR))
    if host is None:
        browser.listing.open()
    else:
        actions.visit(world, person, host)
    catch_up(browser.tab.page, OPEN_FOR)


def open_in_the_past(world: World, visitor: Person, host: Person) -> None:
    """Somebody has opened the host's room: what happens next is in the past of the page, until it is the present."""
    live_in_the_past(world, visitor)
    actions.visit(world, visitor, host)


def live_in_the_past(world: World, visitor: Person) -> None:
    """What happens on the pages that somebody opens is in the past of them, until it is the present."""
    from greenroom.drivers.web.page_clock import late_script

    world.browsers.of(visitor).tab.context.add_init_script(late_script(OPEN_FOR))


def come_to_the_present(world: World, visitor: Person) -> None:
    """All that the timers of that page were to do since happens, and the page goes on for a while."""
    from greenroom.drivers.web.page_clock import catch_up

    browser = world.browsers.of(visitor)
    catch_up(browser.tab.page, OPEN_FOR)
    browser.go_live.let_page_go_on(_OFTEN)


def have_had_open_in_vain(world: World, person: Person, host: Person | None) -> None:
    """The same, and for most of that time the person has had no network; it has been back for a while now. However
    long a page has come to wait between two looks, it has looked again since."""
    from greenroom.drivers.web.page_clock import catch_up, come_closer, late_script

    browser = world.browsers.of(person)
    tab, step = browser.tab, OPEN_FOR / (_VERY_OFTEN + 2)
    tab.context.add_init_script(late_script(OPEN_FOR))
    if host is None:
        browser.listing.open()
    else:
        actions.visit(world, person, host)
    lose_network(world, person)
    for _ in range(_VERY_OFTEN):
        if tab.page.url.startswith(_NO_PAGE):
            break  # it loaded itself anew, and the browser has nothing to show: nobody asks any more
        before = tab.traffic.asked_in_vain
        come_closer(tab.page, step)
        eventually(lambda: tab.traffic.asked_in_vain > before, bool, _A_MOMENT, pause=tab.let_pass)  # noqa: B023
    find_network(world, person)
    catch_up(tab.page, OPEN_FOR)
    browser.go_live.let_page_go_on()


def look_at_tab(world: World, person: Person, number: int) -> None:
    """The person looks at the tab that they had first again, or second, as it is: nothing is loaded anew."""
    tab = world.browsers.of(person).tab
    tab.page = tab.context.pages[number - 1]
    tab.page.bring_to_front()


def open_in_new_tab(world: World, visitor: Person, host: Person) -> None:
    """Somebody opens the host's room in a new tab of their browser."""
    world.browsers.of(visitor).tab.new_tab()
    actions.visit(world, visitor, host)


def end_from_another_device(world: World, host: Person) -> None:
    """The host signs in on another device, opens the room there by its link, and ends it. The first one stays open."""
    device = world.browsers.on_another_device(host)
    device.viewer.open(host.values())
    device.viewer.press_end(host.values())
    world.confirm(pages.says_ended(device.viewer, host.values()))
    world.tells("the page", f"that {host.name}'s room has ended", host.room_id, has_ended(host.room_id))


def announce_absence(world: World, host: Person) -> None:
    """The host says that they are away."""
    must(world.gateway, "host_absent", host.account, room=host.room_id)


def open_and_close_tab(world: World, host: Person) -> None:
    """The host opens the room's link in a second tab, waits until it is shown, and closes it."""
    browser = world.browsers.of(host)
    first = browser.tab.page
    browser.tab.new_tab()
    browser.viewer.open(host.values())
    world.confirm(pages.offers_end(host.name, browser.viewer, host.values()))
    browser.tab.page.close(run_before_unload=False)
    browser.tab.page = first
    first.bring_to_front()


def open_in_two_tabs_at_once(world: World, host: Person) -> None:
    """The host's browser opens the room in two tabs at the same moment, as one that brings back what was open. Where
    pages are given a token each time they are loaded, both ask for it before either has its answer."""
    browser, values = world.browsers.of(host), host.values()
    browser.tab.new_tab()
    asks = asks_each_time(world, host) is not None
    if asks:
        browser.faults.cause("renewal", "is slow")
    for number in (1, 2):
        look_at_tab(world, host, number)
        browser.viewer.open_unready(values)
    if asks:
        browser.faults.await_several_slow(2, world.deadlines.settle)
        browser.faults.lift()
        browser.faults.need_not_meet("renewal")
    for number in (1, 2):
        look_at_tab(world, host, number)
        browser.viewer.arrive(values)


def close_page(world: World, person: Person) -> None:
    """The person closes their browser, with all its tabs; what they do next on a page is in a new one."""
    world.browsers.of(person).tab.close()
    person.browser = None


def come_back_by_phone(world: World, host: Person, phone: Device = PHONE) -> None:
    """The host signs in on a phone, and opens the room there by its link."""
    world.browsers.another(host, device=phone).viewer.open(host.values())


def sign_out(world: World, person: Person, host: Person) -> None:
    """The person signs out on the page of the host's room, and opens the room again. Raises NotApplicable where nothing
    says how people sign out."""
    if not world.target.browser_sign_in.sign_out:
        raise NotApplicable("sign-out", "the target does not say how people sign out: [browser_sign_in] sign_out")
    _sign_out(world, person)
    world.browsers.of(person).viewer.open(host.values())


def _sign_out(world: World, person: Person) -> None:
    """On the page that is open. What has proved the person may be worth nothing from then on, wherever it was given:
    what they do next, they do with another proof."""
    world.browsers.of(person).tab.sign_out()
    assert person.account is not None
    person.account = world.worker.accounts.sign_in(person.account, world.evidence)


def sign_out_in_second_tab(world: World, host: Person) -> None:
    """The host opens the room in a second tab, signs out there, and looks at the first tab again, as it is by now.
    Raises NotApplicable where nothing says how people sign out."""
    if not world.target.browser_sign_in.sign_out:
        raise NotApplicable("sign-out", "the target does not say how people sign out: [browser_sign_in] sign_out")
    open_in_new_tab(world, host, host)
    _sign_out(world, host)
    look_at_tab(world, host, 1)


def sign_in_again(world: World, host: Person) -> None:
    """The host signs in where they have signed out, and opens the room again."""
    assert host.account is not None
    browser = world.browsers.of(host)
    browser.tab.sign_in_as_well(world.worker.accounts.for_page(host.account, world.evidence), host.name)
    browser.viewer.open(host.values())


def change_over(world: World, person: Person, other: Person, host: Person) -> None:
    """The person signs out on the page of the host's room; there somebody else signs in and looks at the room. Raises
    NotApplicable where nothing says how people sign out."""
    if not world.target.browser_sign_in.sign_out:
        raise NotApplicable("sign-out", "the target does not say how people sign out: [browser_sign_in] sign_out")
    assert other.account is not None
    browser = world.browsers.of(person)
    _sign_out(world, person)
    browser.tab.sign_in_as_well(world.worker.accounts.for_page(other.account, world.evidence), other.name)
    person.browser, other.browser, other.visiting = None, browser, host.name
    browser.viewer.open(host.values())


def hand_over(world: World, person: Person, other: Person) -> None:
    """The person signs out on the page that is open; there somebody else signs in by its links and the form, and looks
    at what comes then. Raises NotApplicable where nothing says how people sign out, or in."""
    if not world.target.browser_sign_in.sign_out:
        raise NotApplicable("sign-out", "the target does not say how people sign out: [browser_sign_in] sign_out")
    _check_signs_in_by_links(world, other)
    browser = world.browsers.of(person)
    _sign_out(world, person)
    person.browser, other.browser = None, browser
    sign_in_from_here(world, other)


def sign_in_from_here(world: World, person: Person) -> None:
    """The person, who is signed out, signs in by links of the page that is open and the form. Raises NotApplicable
    where nothing says how, or there is no password."""
    from greenroom.drivers.web.signing_in import sign_in_from_here

    account = world.worker.accounts.for_page(_check_signs_in_by_links(world, person), world.evidence)
    sign_in_from_here(world.browsers.of(person).tab, account, person.name)


def _check_signs_in_by_links(world: World, person: Person) -> Account:
    if not world.target.browser_sign_in.sign_in:
        raise NotApplicable("sign-in", "the target does not say how people sign in by links: [browser_sign_in] sign_in")
    if person.account is None or not person.account.password:
        raise NotApplicable("sign-in", f"nobody knows a password of {person.name}'s")
    return person.account


def _tell_page(world: World, person: Person, tell: Callable[[Page], None]) -> None:
    """Tell the page of the person; once more where it has just loaded itself anew."""
    tab = world.browsers.of(person).tab
    tab.look("a page", lambda: tell(tab.page))


def put_page_away(world: World, person: Person) -> None:
    """The person's page is in the background, until they come back to it. It has been there for a while: what a page
    leaves undone when its next look falls due there, it has left undone."""
    _tell_page(world, person, visibility.put_away)
    world.browsers.of(person).go_live.let_page_go_on(within=world.deadlines.settle / 2)


def come_back_to_page(world: World, person: Person) -> None:
    """The person sees the page again, as it is: nothing is loaded anew."""
    _tell_page(world, person, visibility.take_up)


def come_back_to_page_as_it_was(world: World, person: Person) -> None:
    """The same, unless the page has learned of an end meanwhile: what came after that is not for it to tell, and the
    scenario is not applicable."""
    come_back_to_page(world, person)
    viewer = world.browsers.of(person).viewer
    if not viewer.is_room() or viewer.says_ended(person.values(), within=_A_MOMENT):
        raise NotApplicable("page-stays", "the page has told of the end, and need not know of what came after it")


def work_beside(world: World, person: Person) -> None:
    """The person works in another window from here on; the page stays in sight beside it, and has done by now what it
    was about to do."""
    browser = world.browsers.of(person)
    _tell_page(world, person, visibility.look_elsewhere)
    browser.go_live.let_page_go_on()


def look_for_a_while(world: World, person: Person) -> None:
    """The person looks at the page until it has asked by itself and got its answers, again and again; one that asks
    seldom is looked at for as long as a state takes to settle."""
    world.browsers.of(person).go_live.let_page_go_on(_OFTEN * 4)


def open_listing_behind(world: World, member: Person) -> None:
    """The member has opened the listing behind another tab, and has not looked at it: it need not be ready."""
    browser = world.browsers.of(member)
    visibility.open_behind(browser.tab.page)
    browser.listing.open_unseen()


def look_at_listing_behind(world: World, member: Person) -> None:
    """The member looks at the tab behind for the first time, and it shows the listing."""
    browser = world.browsers.of(member)
    _tell_page(world, member, visibility.take_up)
    shown = browser.listing.gets_ready(world.deadlines.page)
    sentence, hindrance = "the page is the listing once it is looked at", browser.listing.hindrance()
    world.confirm(Observation.of(sentence, shown, "the listing", "a page that is not ready", hindrance))


def close_first_tab(world: World, person: Person) -> None:
    """The person closes the tab that they had first, as people do: it may take its leave. The other one is in sight."""
    tab = world.browsers.of(person).tab
    first, tab.page = tab.context.pages[0], tab.context.pages[-1]
    first.close(run_before_unload=True)
    eventually(first.is_closed, bool, world.deadlines.control, pause=tab.let_pass)
    tab.page.bring_to_front()


def lose_network(world: World, person: Person) -> None:
    """No request of the person's pages reaches anybody, until the network is back, and their WebSockets break off."""
    from greenroom.drivers.web.cut_sockets import cut_all_sockets

    tab = world.browsers.of(person).tab
    tab.traffic.lose_network()
    tab.context.set_offline(True)
    cut_all_sockets(tab.context)


def be_without_network(world: World, person: Person) -> None:
    """As `lose_network`, and the person's pages have asked in vain until one that gives up has given up; those that ask
    seldom are not waited for longer than a state takes to settle."""
    lose_network(world, person)
    tab = world.browsers.of(person).tab
    eventually(lambda: tab.traffic.asked_in_vain > _OFTEN, bool, tab.target.deadlines.settle, pause=tab.let_pass)


def find_network(world: World, person: Person) -> None:
    """The person's pages reach everybody again, once the page has asked in vain; one that asks seldom is not waited for
    longer than a state takes to settle."""
    tab = world.browsers.of(person).tab
    eventually(lambda: tab.traffic.asked_in_vain, bool, tab.target.deadlines.settle, pause=tab.let_pass)
    tab.context.set_offline(False)
    tab.traffic.find_network()
    if tab.page.url.startswith(_NO_PAGE):  # a person's browser loads it anew by itself
        tab.reload("")

"""Sign-ins that run out and are renewed by the page (H10): before the host comes back, while it is open, and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from greenroom.claims import pages
from greenroom.core import clock
from greenroom.core.deadlines import eventually
from greenroom.core.errors import Inconclusive, NotApplicable
from greenroom.drivers.account import Account
from greenroom.drivers.web.troubles import Trouble
from greenroom.people.forged_tokens import run_out, run_out_in, runs_out_at
from greenroom.people.person import Person
from greenroom.scenario import actions
from greenroom.scenario.world import World

OPEN_FOR = 900.0
"""How long a page takes itself to have been open: longer than pages renew a sign-in ahead of time, and shorter than
they wait before they sign somebody out who does nothing."""
_TWICE_WITHIN = 12.0
"""Longer than services take what renews a sign-in a second time, so that two tabs may ask at once."""


def come_back_later(world: World, host: Person) -> None:
    """The host opens the room in a browser whose sign-in has run out, and can be renewed. Raises NotApplicable where
    such a sign-in can't be made."""
    browser = world.browsers.another(host, run_out(world.target, _kept(world, host)))
    browser.viewer.open(host.values())


def come_back_once_more(world: World, host: Person) -> None:
    """What the page has kept since it renewed the sign-in runs out as well, and the host opens the room again there.
    Raises NotApplicable where it can't be told what the page has kept."""
    from greenroom.drivers.web.kept_session import change_kept

    account, browser = _with_storage(world, host), world.browsers.of(host)
    browser.tab.let_pass(_TWICE_WITHIN)
    change_kept(browser.tab.page, world.target, lambda text: run_out_in(world.target, account, text))
    browser.viewer.open(host.values())


def keep_open(world: World, host: Person) -> None:
    """The host opens the room, and has it open until their sign-in has run out. Raises what `_until_over` does."""
    browser, values = world.browsers.of(host), host.values()
    viewer = browser.viewer

    def open_room() -> None:
        viewer.open(values)
        world.confirm(pages.offers_end(host.name, viewer, values))

    _until_over(world, host, browser.tab.web.viewer.service, open_room)


def come_back_in_vain(world: World, host: Person, trouble: Trouble) -> None:
    """The same, while the page's request to renew it meets trouble, which is over after that. Raises NotApplicable
    where the target does not say which request that is, or the page never sends it, and what `come_back_later` does."""
    kept = asks_each_time(world, host) or run_out(world.target, _kept(world, host))
    browser = world.browsers.another(host, kept)
    tab, met = browser.tab, partial(browser.faults.has_met, "renewal")
    browser.faults.cause("renewal", trouble)
    browser.viewer.open_unready(host.values())
    eventually(met, bool, world.deadlines.page, pause=tab.let_pass)
    browser.faults.check_met()
    tab.traffic.settle(tab.page, tab.let_pass, world.deadlines.settle)
    browser.faults.lift()


def keep_open_twice(world: World, host: Person) -> None:
    """The host opens the room in two tabs, and has both open until their sign-in has run out: what renews it is asked
    for by both before either has its answer. Raises what `_until_over` does, and NotApplicable where the target does
    not say which request renews it."""
    browser, values = world.browsers.of(host), host.values()
    viewer = browser.viewer

    def open_twice() -> None:
        for is_second in (False, True):
            if is_second:
                browser.tab.new_tab()
            viewer.open(values)
            world.confirm(pages.offers_end(host.name, viewer, values))
        browser.faults.cause("renewal", "is slow")

    def let_both_ask() -> None:
        """Held no longer than it takes: a page that has no answer for long gives up."""
        browser.faults.await_several_slow(2, world.deadlines.settle)
        if browser.faults.has_met("renewal"):
            browser.faults.lift()

    _until_over(world, host, browser.tab.web.viewer.service, open_twice, let_both_ask)
    if not browser.faults.has_met("renewal"):  # pages that ask only once they are refused
        let_both_ask()
    if not browser.faults.has_met("renewal"):  # nor do they before something is pressed, as they are told of changes
        browser.faults.lift()


def sign_out_while_renewing(world: World, host: Person) -> None:
    """The host has the room open until their sign-in has run out, signs out while it is being renewed, and opens
    the room again once that was answered. A page may wait with the one for the other.

    Raises what `_until_over` does, and NotApplicable where nothing says how people sign out, or no page renews by
    itself.
    """
    if not world.target.browser_sign_in.sign_out:
        raise NotApplicable("sign-out", "the target does not say how people sign out: [browser_sign_in] sign_out")
    browser, values, tab = world.browsers.of(host), host.values(), world.browsers.of(host).tab

    def open_it() -> None:
        browser.viewer.open(values)
        world.confirm(pages.offers_end(host.name, browser.viewer, values))
        browser.faults.cause("renewal", "is slow")

    def sign_out() -> None:
        if tab.is_signed_in and browser.faults.await_slow(world.deadlines.settle):
            tab.sign_out(once_pressed=browser.faults.lift)

    _until_over(world, host, tab.web.viewer.service, open_it, sign_out)
    sign_out()  # pages that ask only once they are refused
    if tab.is_signed_in:
        browser.faults.lift()
        raise NotApplicable("request:renewal", "the page that is open never asks for a new token by itself")
    tab.traffic.settle(tab.page, tab.let_pass, world.deadlines.page)
    browser.viewer.open(values)


def keep_listing_open(world: World, member: Person) -> None:
    """The member has the listing open until their sign-in has run out. Raises what `_until_over` does."""
    browser = world.browsers.of(member)
    _until_over(world, member, browser.tab.web.listing.service, browser.listing.open)


def keep_room_open(world: World, guest: Person, host: Person) -> None:
    """The guest has the host's room open until their sign-in has run out. Raises what `_until_over` does."""
    service = world.browsers.of(guest).tab.web.viewer.service
    _until_over(world, guest, service, lambda: actions.visit(world, guest, host))


def _until_over(
    world: World,
    person: Person,
    service: str,
    open_page: Callable[[], None],
    ahead_of_time: Callable[[], None] = lambda: None,
) -> None:
    """A page is opened with a sign-in that runs out soon, by a clock which leaves it some time; then the page is
    told what time it is, as if it had been open for as long, and the sign-in runs out. So nothing that the page has
    stored is touched, and one that renews by a timer, ahead of time or when it is refused is right each time. Pages of
    another service than `service` have a sign-in of their own, which lasts: what renews one may be good for once only.
    `ahead_of_time` is what happens between the two.

    Raises Inconclusive when it ran out before the page was there, and NotApplicable where no such sign-in can be made.
    """
    from greenroom.drivers.web.page_clock import catch_up, late_script
    from greenroom.drivers.web.renewed_tokens import renewed_tokens

    tab = world.browsers.of(person).tab
    left = round(world.target.deadlines.page)
    over = clock.now().timestamp() + left
    if account := asks_each_time(world, person):
        tab.context.add_init_script(late_script(OPEN_FOR))
        with renewed_tokens(tab, lambda text: runs_out_at(world.target, account, text, int(over))) as changed:
            open_page()
        if not changed:
            raise NotApplicable("kept-token", "the page was given no token that could run out when it was opened")
    else:
        tab.sign_in(run_out(world.target, _kept(world, person), left=left), service)
        over = clock.now().timestamp() + left
        tab.context.add_init_script(late_script(OPEN_FOR))
        open_page()
    catch_up(tab.page, OPEN_FOR)
    is_late = clock.now().timestamp() > over - 1
    ahead_of_time()
    if is_late:
        raise Inconclusive("page-slow", f"the sign-in ran out before the page was there, in {left} s")
    eventually(lambda: clock.now().timestamp(), lambda now: now > over + 1, left + 2, pause=tab.let_pass)


def _kept(world: World, host: Person) -> Account:
    """The host's account as a page keeps it. Raises what `_with_storage` does."""
    return world.worker.accounts.for_page(_with_storage(world, host), world.evidence)


def asks_each_time(world: World, person: Person) -> Account | None:
    """The person's account where pages keep no token, and are given another each time they are loaded: for a cookie,
    by the request `renewal`; else None."""
    asks = world.target.browser_sign_in.scheme in ("cookie", "form") and world.target.page_requests.get("renewal")
    return person.account if asks else None


def _with_storage(world: World, host: Person) -> Account:
    """The host's account. Raises NotApplicable where pages keep no sign-in that could be changed."""
    if world.target.browser_sign_in.scheme != "local-storage" or host.account is None:
        raise NotApplicable("local-storage", "pages that keep a sign-in in local storage are needed")
    return host.account

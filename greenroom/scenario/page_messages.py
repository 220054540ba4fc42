"""What a host's page has said over a WebSocket to change something, said again by everybody who may not (S7): to leave
a button out of a page keeps nobody from saying what it would have said."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from greenroom.core.deadlines import eventually
from greenroom.core.errors import BrokenPromise, Inconclusive, NotApplicable
from greenroom.drivers.outcome import CarriedOut, Outcome
from greenroom.people.person import Person
from greenroom.record.events import Exchange
from greenroom.scenario.deeds import A_GUEST, INTRUDERS, have_changed_nothing, tried
from greenroom.scenario.world import World

if TYPE_CHECKING:  # a scenario without a page does not wait for the import of a browser's driver
    from greenroom.drivers.web.page_messages import Said
    from greenroom.people.browser import Browser

_WITH_PAGES = {
    A_GUEST: ("a guest", "a guest, from a page"),
    "Mallory": ("the host of another room", "the host of another room, from a page"),
    "Zoe": ("a member of another tenant", "a member of another tenant, from a page"),
}
"""Who says it over a WebSocket that a page of their own has opened, as whom that proves them to be."""


def say_again(world: World, host: Person, messages: list[Said]) -> None:
    """Everybody who may not says each message of the host's page once more. What came of it is kept.

    Raises NotApplicable where nobody but the page that it belongs to can say it: not even its host, once more.
    """
    guest = world.people.person(A_GUEST)
    ids = {host.former_session_id: host.session_id} if host.former_session_id else {}
    own = _open(world, host, host)  # all the time: a host whose pages are closed may be away a while later
    said = [message.in_session(ids) for message in {one.name: one for one in messages}.values()]
    before = len(world.deeds)
    for name, (kind, who) in _WITH_PAGES.items():
        with contextlib.suppress(NotApplicable):
            INTRUDERS[kind](world, host)
            browser = _open(world, world.people.person(name), host)
            saying = [partial(_say, world, message, browser, who) for message in said]
            world.deeds += tried(world, host, saying, who, leaver=guest.account_id if name == A_GUEST else "")
    if len(world.deeds) == before:
        raise NotApplicable("sockets", "nobody but the host has a WebSocket over which that could be said")
    if have_changed_nothing(world.deeds):
        _check_host_can(world, host, own, said)


def _check_host_can(world: World, host: Person, browser: Browser, said: list[Said]) -> None:
    if not have_changed_nothing(tried(world, host, [partial(_say, world, one, browser, host.name) for one in said])):
        return
    words = "what the host's page has said over its WebSocket does nothing when it is said again, even by its host"
    raise NotApplicable("repeated-messages", words)


def _open(world: World, person: Person, host: Person) -> Browser:
    """Their page of the host's room, or what they are shown in place of it, once it has its sockets."""
    browser = world.browsers.of(person)
    with contextlib.suppress(BrokenPromise, Inconclusive):  # a room that somebody may not see need not be ready
        browser.viewer.open(host.values())
    browser.tab.traffic.settle(browser.tab.page, browser.tab.let_pass, world.deadlines.page)
    return browser


def _say(world: World, message: Said, browser: Browser, who: str) -> Outcome:
    """Say it, and wait until the page has been told something, or the server has had the time to."""
    from greenroom.drivers.web.cut_sockets import say_by_sockets

    tab = browser.tab
    url = tab.evidence.redactor.text(message.url)
    exchange = Exchange(channel="page", origin="page", who=who, method="WEBSOCKET", url=url,
                        request_body=tab.evidence.redactor.text(message.words))  # fmt: skip
    if not say_by_sockets(tab.page, message.url, message.words):
        raise NotApplicable("sockets", f"{who} has no WebSocket to {url}")
    tab.traffic.stir()
    eventually(lambda: tab.traffic.is_quiet(tab.page), bool, world.deadlines.settle, pause=tab.let_pass)
    tab.let_pass(1.0)
    tab.evidence.exchange(exchange)
    return CarriedOut(f"{message.name}, said over a WebSocket,", {}, exchange)

"""What a host's page has sent to change something, sent again by everybody who may not (S7): the page's own requests
are no secret, and whoever has seen one can make another."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from greenroom.core.errors import NotApplicable
from greenroom.drivers.account import Account
from greenroom.drivers.gateway import identity
from greenroom.drivers.outcome import Outcome
from greenroom.people.person import Person
from greenroom.relations.stuck_kinds import Pointer, StuckKind
from greenroom.scenario import actions, faults, page_messages, places, stuck_rooms
from greenroom.scenario.deeds import A_GUEST, INTRUDERS, have_changed_nothing, tried
from greenroom.scenario.world import World

if TYPE_CHECKING:  # a scenario without a page does not wait for the import of a browser's driver
    from greenroom.drivers.web.page_writes import PageWrite

_WITH_PAGES = {A_GUEST: "a guest, from a page", "Mallory": "a member, from a page"}
"""Who sends it by the cookies of a page of their own, where pages prove by cookies alone who sends something."""
_STUCK = StuckKind("live", Pointer.ABANDONED)


def use_the_page(world: World, host: Person) -> None:
    """The host does on the page what makes it change something: recovers where a stuck room can be arranged, goes live,
    and ends, where there is a fallback while the gateway fails. Then they are live again, with a guest inside."""
    guest = world.people.person(A_GUEST)
    with contextlib.suppress(NotApplicable):
        stuck_rooms.stuck(world, host, guest, _STUCK)
    actions.go_live_in_browser(world, host)
    if world.target.can("client-fallback"):
        faults.on_page(world, host, "end", "answers 503")
    actions.end_in_browser(world, host)
    world.browsers.of(host).faults.lift()
    cookies = _cookies(world, host)
    world.page_writes = [write.of_cookies(cookies) for write in world.browsers.of(host).tab.writes.sent]
    world.page_messages = [*world.browsers.of(host).tab.socket_troubles.messages.said]
    places.close_page(world, host)  # a page that is open goes on acting for its host
    actions.be_live(world, host)
    actions.join(world, guest, host)


def send_again(world: World, host: Person) -> None:
    """Everybody who may not sends each request of the host's page once more, and says what it has said over WebSockets.
    What came of it is kept.

    Raises NotApplicable when the page has sent nothing that changes something.
    """
    writes = list({write.deed: write for write in world.page_writes}.values())
    if not writes and not world.page_messages:
        raise NotApplicable("page-requests", "the page has sent nothing that changes something")
    world.deeds, guest = [], world.people.person(A_GUEST)
    for who, somebody in _everybody(world, host):
        leaver = guest.account_id if somebody is guest.account else ""
        sending = [partial(_send, world, write, somebody, host) for write in writes]
        world.deeds += tried(world, host, sending, who, leaver=leaver)
    if by_cookies := [write for write in writes if _is_proved_by_cookies(world, write, host)]:
        for name, who in _WITH_PAGES.items():
            theirs = _cookies(world, world.people.person(name))
            sent = [write.with_cookies(theirs) for write in by_cookies]
            leaver = guest.account_id if name == A_GUEST else ""
            sending = [partial(_send, world, write, None, host) for write in sent]
            world.deeds += tried(world, host, sending, who, leaver=leaver)
    if world.page_messages and have_changed_nothing(world.deeds):
        page_messages.say_again(world, host, world.page_messages)


def _is_proved_by_cookies(world: World, write: PageWrite, host: Person) -> bool:
    """Whether a page proves who sends a request by cookies that nobody else has but pages: it brings along nothing of
    what clients of the gateway do."""
    names = {name.casefold() for name in identity(world.target, host.account)}
    others = "cookie" in names or world.target.sign_in.cookies
    return not others and not names & {name for name, _ in write.headers}


def _cookies(world: World, person: Person) -> dict[str, str]:
    """Those that somebody's pages have, once they are signed in there."""
    browser = world.browsers.of(person)
    if not browser.tab.page.url.startswith("http"):
        browser.listing.open()
    return {cookie["name"]: cookie["value"] for cookie in browser.tab.context.cookies()}


def _everybody(world: World, host: Person) -> Iterator[tuple[str, Account | None]]:
    for who, intruder in INTRUDERS.items():
        with contextlib.suppress(NotApplicable):
            yield who, intruder(world, host)


def _send(world: World, write: PageWrite, somebody: Account | None, host: Person) -> Outcome:
    ids = {host.former_session_id: host.session_id} if host.former_session_id else {}
    csrf = world.target.sign_in.csrf
    operation = write.operation(identity(world.target, host.account), ids, csrf.field if csrf is not None else "")
    fresh = world.gateway.fresh(somebody) if somebody is not None else None
    return world.gateway.perform(write.words, operation, fresh, {})

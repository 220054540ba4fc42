"""What people do, in terms of the world: the acts that steps are made of, and what is expected of each."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from greenroom.claims import pages, rooms, sessions
from greenroom.claims.announcement import has_ended, has_gone_live
from greenroom.claims.fact import Claim, either, every
from greenroom.claims.observation import Observation
from greenroom.claims.rooms import is_live, open_session_of
from greenroom.core.errors import BadFeature, BrokenPromise, NotApplicable
from greenroom.drivers.gateway import now
from greenroom.drivers.outcome import CarriedOut
from greenroom.people.person import Person
from greenroom.relations.canonical import CLOSED_SESSION, OPEN_SESSION
from greenroom.relations.state import Unseen
from greenroom.scenario import presence, told_state
from greenroom.scenario.hidden_rooms import open_room
from greenroom.scenario.operations import gives_room, must
from greenroom.scenario.world import World

if TYPE_CHECKING:
    from greenroom.drivers.web.go_live_popup import WentLive
    from greenroom.drivers.web.viewer_page import ViewerPage


def go_live(world: World, host: Person, title: str = "") -> None:
    """The host goes live through the gateway, and is there."""
    go_live_unnoticed(world, host, title)
    presence.be_present(world, host)


def go_live_unnoticed(world: World, host: Person, title: str = "", **wish: object) -> None:
    """The host goes live through the gateway, and has not announced that they are there. `wish` is what else they ask
    for, by its placeholder."""
    host.title = title or world.naming.title()
    asked = {"title": host.title, "topics": ["talk"]} | wish
    host.begun = made = must(world.gateway, "go_live", host.account, room=host.room_id, **asked)
    entered(world, host, str(made.answer["session"]))
    presence.comes_in(world, host, "go_live")
    world.tells("the gateway", f"that {host.name} is live", host.room_id, has_gone_live(host.room_id, host.session_id))


def be_live(world: World, host: Person) -> None:
    """The host is live: through the gateway, or on the page where only pages are described."""
    if world.gateway.offers("go_live") or world.target.web is None:
        go_live(world, host)
    else:
        go_live_in_browser(world, host)


def have_ended(world: World, host: Person) -> None:
    """The host has ended the room: through the gateway, or on the page where only pages are described."""
    if world.gateway.offers("end") or world.target.web is None:
        end(world, host)
    else:
        end_in_browser(world, host)


def try_go_live(world: World, host: Person) -> None:
    """The host tries to go live through the gateway; what came of it is kept."""
    host.title = world.naming.title()
    host.outcome = world.gateway.attempt("go_live", host.account, room=host.room_id, title=host.title, topics=["talk"])
    if isinstance(host.outcome, CarriedOut):
        entered(world, host, str(host.outcome.answer["session"]))


def entered(world: World, host: Person, session_id: str) -> None:
    """A new session of the host: the one before becomes the former."""
    if host.session_id and host.session_id != session_id:
        before = world.now.session(host.session_id) if "sessions" in world.now.sees else None
        if world.worker.lateness.is_known and before is not None and before["status"] in OPEN_SESSION:
            world.let_rows_come()  # its end is yet to be shown
        host.former_session_id, host.former_as_it_was = host.session_id, world.now
        world.naming.ids["session", host.session_id] = f"{host.name}'s former session"
    if host.session_id != session_id:
        host.came_in = set()
    host.session_id = session_id
    world.naming.ids["session", session_id] = f"{host.name}'s session"


def go_live_in_browser(
    world: World, host: Person, title: str = "", *, meanwhile: Callable[[], None] | None = None
) -> None:
    """The host goes live from the page and ends up in the viewer. Raises BrokenPromise when the page says otherwise."""
    try_go_live_in_browser(world, host, title, meanwhile=meanwhile)
    if not host.room_id:
        world.look()  # where there is a database, it tells whose the new room is
    must_have_opened(host)
    world.people.find_room(host)
    find_session(world, host)
    presence.comes_in(world, host, "go_live", "page")


def must_have_opened(host: Person) -> None:
    """The viewer has opened. Raises BrokenPromise with what the page says."""
    if host.on_page is None or not host.on_page.opened:
        says = host.on_page.says if host.on_page else "nothing"
        raise BrokenPromise(f"{host.name} should be live, and the page says {says!r}\n  found     {says!r}")


def try_go_live_in_browser(
    world: World, host: Person, title: str = "", *, meanwhile: Callable[[], None] | None = None
) -> None:
    """The host tries to go live from the page; what they saw is kept."""
    host.title = title or world.naming.title()
    if world.target.web is not None and world.target.web.go_live.page == "viewer" and not host.room_id:
        raise NotApplicable("own-room", "nobody tells which room is whose: name it in the pool, or describe my_room")
    popup = world.browsers.of(host).go_live
    popup.open(host.values())
    if meanwhile is not None:  # the host takes time over the form
        meanwhile()
        popup.let_page_go_on()
    comes_to(world, host, popup.submit(host.values()))


def find_session(world: World, host: Person) -> None:
    """Learn which session the page made: the one that the host's room points to, where anybody shows that."""
    if "rooms" not in world.source.shows:
        return
    state = world.expect(f"{host.name} is live", is_live(host.room_id))
    with contextlib.suppress(Unseen):
        session = open_session_of(state, host.room_id)
        assert session is not None
        entered(world, host, session)


def join(world: World, guest: Person, host: Person) -> None:
    """The guest joins the host's room: through the gateway, or by opening its page where only pages are described."""
    if world.gateway.offers("join") or world.target.web is None:
        must(world.gateway, "join", guest.account, room=host.room_id)
        host.came_in.add(guest.name)
    else:
        visit(world, guest, host)


def end(world: World, host: Person) -> None:
    """The host ends the room through the gateway."""
    on = told_state.session_on(world, host)
    host.ended = on, must(world.gateway, "end", host.account, room=room_of(world, host, "end"))
    world.tells("the gateway", f"that {host.name}'s room has ended", host.room_id, has_ended(host.room_id))


def end_in_browser(world: World, host: Person, before_confirming: Callable[[], None] | None = None) -> None:
    """The host ends the room from the page, which says that it has ended. Raises BrokenPromise when it does not."""
    browser = world.browsers.of(host)
    browser.viewer.press_end(host.values(), before_confirming)
    browser.check_end_is_no_form()
    world.confirm(pages.says_ended(browser.viewer, host.values()))
    world.tells("the page", f"that {host.name}'s room has ended", host.room_id, has_ended(host.room_id))


def visit(world: World, visitor: Person, host: Person) -> None:
    """Somebody opens the host's room in their browser."""
    visitor.visiting = host.name
    open_room(world, visitor, host)
    if visitor is host:
        presence.comes_in(world, host, "page")


def schedule(world: World, host: Person, *, hours: float) -> None:
    """The host schedules a session that starts in so many hours."""
    host.title = world.naming.title()
    starts = now(hours * 3600)
    host.planned = dt.datetime.fromisoformat(starts)
    host.begun = made = must(
        world.gateway, "schedule", host.account, room=host.room_id, title=host.title, topics=["talk"], starts_at=starts
    )
    entered(world, host, str(made.answer["session"]))


def open_doors(world: World, host: Person, **wish: object) -> None:
    """The host opens a session that begins in its lobby, and is there, where it can be said. `wish` is what else they
    ask for."""
    host.title = world.naming.title()
    asked = {"title": host.title, "topics": ["talk"]} | wish
    host.begun = made = must(world.gateway, "open_doors", host.account, room=host.room_id, **asked)
    entered(world, host, str(made.answer["session"]))
    presence.be_present_in_lobby(world, host)


def try_end_in_browser(world: World, host: Person) -> None:
    """The host presses End Room; what the page says is for the next step to judge."""
    world.browsers.of(host).viewer.press_end(host.values())


def values_of_visited(world: World, visitor: Person) -> dict[str, object]:
    """The values of the room that somebody is looking at: their own, unless they visit another's."""
    return world.people[visitor.visiting or visitor.name].values()


def room_page(world: World, visitor: Person) -> tuple[ViewerPage, dict[str, object]]:
    """The room's page in somebody's browser, and the values of the room that they look at there."""
    return world.browsers.of(visitor).viewer, values_of_visited(world, visitor)


def forge(world: World, guest: Person) -> None:
    """Navigation claims that the guest hosts the room. Raises NotApplicable where there is nothing to forge."""
    if world.target.web is None or not world.target.web.viewer.forged_state:
        raise NotApplicable("forged-state", "the target's pages hand nothing over that could be forged")
    world.browsers.of(guest).viewer.open_forged(values_of_visited(world, guest))


def attempt(world: World, person: Person, operation: str, room: str = "") -> None:
    """Somebody tries an operation on a room, their own if none is named; what came of it is kept."""
    room = room or room_of(world, person, operation)
    person.outcome = world.gateway.attempt(operation, person.account, room=room)


def room_of(world: World, person: Person, operation: str) -> str:
    """The id of the person's room, for an operation on it. Raises BadFeature when no step has given them one: a request
    without it would be refused, and that would be nobody's fault but the feature's."""
    if not person.room_id and world.gateway.offers(operation):
        hint = f'begin with "Given {person.name} has a room", or with "Given {person.name} is live"'
        raise BadFeature(f"{person.name} has no room before this step", hint=hint)
    return person.room_id


def ask_for_room_again(world: World, host: Person) -> None:
    """The host, who has a room, asks for one; what came of it is kept."""
    operation = gives_room(world.gateway)
    host.outcome = world.gateway.attempt(operation, host.account, title=world.naming.title())


def reset(world: World, host: Person) -> None:
    """The host frees the room past the gateway."""
    must(world.gateway, "reset", host.account, room=host.room_id, title=world.naming.title())


def cancel(world: World, host: Person) -> None:
    """The host cancels the session through the gateway."""
    must(world.gateway, "cancel", host.account, room=room_of(world, host, "cancel"))
    world.tells("the gateway", f"that {host.name}'s session is cancelled", host.room_id, has_ended(host.room_id))


def go_live_twice_with_key(world: World, host: Person, *, between: Callable[[], None] = lambda: None) -> None:
    """The host sends one Go Live twice, with the same idempotency key, and `between` happens; what came of both is
    kept."""
    host.title = world.naming.title()
    wish = {"room": host.room_id, "title": host.title, "topics": ["talk"], "key": world.naming.key()}
    first = world.gateway.attempt("go_live", host.account, **wish)
    between()
    host.outcomes = [first, world.gateway.attempt("go_live", host.account, **wish)]


def press_go_live_again(world: World, host: Person) -> None:
    """The host presses the last button of Go Live once more, and the viewer opens."""
    comes_to(world, host, world.browsers.of(host).go_live.submit(host.values()))
    must_have_opened(host)
    find_session(world, host)


def press_end_and_reload(world: World, host: Person) -> None:
    """The host presses End Room, and reloads the page while the request is under way."""
    browser = world.browsers.of(host)
    browser.viewer.press_end(host.values())
    under_way = browser.faults.await_slow(world.deadlines.control)
    world.confirm(pages.request_is_under_way("an end", under_way))
    browser.viewer.reload(host.values())


def press_go_live_and_reload(world: World, host: Person) -> None:
    """The host fills in the popup, presses Go Live, and loads the page anew while the request is under way."""
    browser, host.title = world.browsers.of(host), world.naming.title()
    browser.go_live.open(host.values())
    browser.go_live.press(host.values())
    under_way = browser.faults.await_slow(world.deadlines.control)
    world.confirm(pages.request_is_under_way("a Go Live", under_way))
    browser.go_live.open_page(host.values())


def reload(world: World, visitor: Person) -> None:
    """Somebody presses F5 on the room's page that they look at."""
    world.browsers.of(visitor).viewer.reload(values_of_visited(world, visitor))


def come_back_in_tab(world: World, host: Person) -> None:
    """The host opens the room's link in a new tab of the same browser."""
    browser = world.browsers.of(host)
    browser.tab.new_tab()
    browser.viewer.open(host.values())


def at_rest(world: World, host: Person) -> Claim:
    """The host's room is at rest; of the host's presence where the target knows it (E1)."""
    return rooms.at_rest(host.room_id, presence=world.target.can("host-presence"))


def expect_at_rest_or_live(world: World, host: Person) -> None:
    """The host's room is in one of the two consistent states, and stays in it for the time called "steady" (C3)."""
    outcomes = either(rooms.is_live(host.room_id), at_rest(world, host))
    world.keeps(f"{host.name}'s room is at rest or live", outcomes)


def former_session(world: World, host: Person) -> str:
    """The id of the session that the host had before the present one. Raises BrokenPromise when there is no new one,
    NotApplicable where nobody tells which session is whose."""
    if not host.session_id:
        raise NotApplicable("database", "nobody tells which session is whose")
    former = host.former_session_id
    another = bool(former) and former != host.session_id
    world.confirm(Observation.of(f"{host.name} has a new session", another, "another session", "the same"))
    return former


def expect_stuck_session_closed(world: World, host: Person) -> None:
    """The session of before the recovery is over, with an end time, and everybody in it has left (R2, R5)."""
    session = host.former_session_id
    expect_were_inside(world, host, session, 1)
    closed = every(sessions.session_over(session, statuses=CLOSED_SESSION), sessions.nobody_inside(session))
    world.expect(f"the stuck session of {host.name} is closed and nobody is left inside", closed)


def expect_were_inside(world: World, host: Person, session: str, at_least: int) -> None:
    """So many people were inside the host's session: what comes next could not fail without them (E3)."""
    if at_least:
        people = f"{at_least} people" if at_least > 1 else "somebody"
        world.expect(f"{people} had been inside {host.name}'s session", sessions.have_been_inside(session, at_least))


def expect_healed_or_unchanged(world: World, host: Person, *, heals: bool) -> None:
    """The host's room is live where the target heals a stuck room, else every row of it is as it was (R3)."""
    if heals:
        world.expect(f"{host.name}'s room is live", rooms.is_live(host.room_id))
    else:
        world.expect(f"{host.name}'s room is as it was", rooms.unchanged(world.before, [host.room_id]), deadline="")


def expect_live_or_told(world: World, host: Person, *, finds_room: bool) -> None:
    """The host is live where the page finds the room; else it may say that going live failed, and every row of the
    host's room is as it was (D2)."""
    if finds_room or (host.on_page is not None and host.on_page.opened):
        must_have_opened(host)
        find_session(world, host)
        world.expect(f"{host.name} is live with exactly one open session", rooms.is_live(host.room_id))
    else:
        world.confirm(pages.says_that_going_live_failed(host.on_page))
        world.expect(f"{host.name}'s room is as it was", rooms.unchanged(world.before, [host.room_id]), deadline="")


def comes_to(world: World, host: Person, seen: WentLive) -> None:
    """What the host saw of a Go Live on the page is kept; where the viewer has opened, they look at it from now on."""
    host.on_page = seen
    if seen.opened:
        world.browsers.of(host).faults.check_met_later()
        world.browsers.of(host).viewer.was_opened()

"""What people do, in terms of the world: the acts that steps are made of, and what is expected of each."""

from __future__ import annotations

import contextlib

from greenroom.claims.claims import is_live, open_session_of
from greenroom.claims.fact import Fact
from greenroom.core.errors import BrokenPromise, NotApplicable
from greenroom.drivers.gateway import now
from greenroom.drivers.outcome import Went
from greenroom.people.person import Person
from greenroom.relations.state import State, Unseen
from greenroom.scenario.world import World


def go_live(world: World, host: Person, title: str = "") -> None:
    """The host goes live through the gateway, and is there."""
    host.title = title or world.naming.title()
    made = world.gateway.must("go_live", host.account, room=host.room_id, title=host.title, topics=["talk"])
    entered(world, host, str(made.answer["session"]))
    be_present(world, host)


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


def be_present(world: World, host: Person) -> None:
    """The host's presence is known to the target, where it knows presence at all."""
    if world.target.can("host-presence") and world.gateway.offers("host_present"):
        world.gateway.must("host_present", host.account, room=host.room_id)


def try_go_live(world: World, host: Person) -> None:
    """The host tries to go live through the gateway; what came of it is kept."""
    host.title = world.naming.title()
    host.outcome = world.gateway.attempt("go_live", host.account, room=host.room_id, title=host.title, topics=["talk"])
    if isinstance(host.outcome, Went):
        entered(world, host, str(host.outcome.answer["session"]))


def entered(world: World, host: Person, session_id: str) -> None:
    """A new session of the host: the one before becomes the former."""
    if host.session_id and host.session_id != session_id:
        host.former_session_id = host.session_id
        world.naming.ids["session", host.session_id] = f"{host.name}'s former session"
    host.session_id = session_id
    world.naming.ids["session", session_id] = f"{host.name}'s session"


def go_live_in_browser(world: World, host: Person, title: str = "") -> None:
    """The host goes live from the page and ends up in the viewer. Raises BrokenPromise when the page says otherwise."""
    try_go_live_in_browser(world, host, title)
    must_have_opened(host)
    world.people.find_room(host)
    find_session(world, host)


def must_have_opened(host: Person) -> None:
    """The viewer has opened. Raises BrokenPromise with what the page says instead, unless the weather explains it."""
    if host.on_page is None or not host.on_page.opened:
        if host.browser is not None:
            host.browser.tab.check_environment()
        says = host.on_page.says if host.on_page else "nothing"
        raise BrokenPromise(f"{host.name} should be live\n  found     the page says {says!r}")


def try_go_live_in_browser(world: World, host: Person, title: str = "") -> None:
    """The host tries to go live from the page; what they saw is kept."""
    host.title = title or world.naming.title()
    if world.target.web is not None and world.target.web.go_live.page == "viewer" and not host.room_id:
        raise NotApplicable("own-room", "nobody tells which room is whose: name it in the pool, or describe my_room")
    popup = world.browsers.of(host).go_live
    popup.open(host.values())
    host.on_page = popup.submit(host.values())


def find_session(world: World, host: Person) -> None:
    """Learn which session the page made: the one that the host's room points to, where anybody shows that."""
    if "rooms" not in world.source.shows:
        return
    state = world.expect(f"{host.name} is live", is_live(host.room_id))
    with contextlib.suppress(Unseen):
        session = open_session_of(state, host.room_id)
        assert session is not None
        entered(world, host, session)


def await_presence(world: World, host: Person) -> None:
    """Wait until the page has announced its host: an end that forgets the presence must be able to show."""
    if world.database is None or not world.target.can("host-presence"):
        return

    def present(state: State) -> list[Fact]:
        room = state.room(host.room_id)
        found = bool(room and room["host_present"])
        inside = any(row["account_id"] == host.account_id for row in state.inside(host.session_id))
        return [
            Fact("host present", "yes", "yes" if found else "no", found),
            Fact("host inside", "yes", "yes" if inside else "no", inside),
        ]

    world.expect(f"{host.name} is present", present)


def join(world: World, guest: Person, host: Person) -> None:
    """The guest joins the host's room: through the gateway, or by opening its page where only pages are described."""
    if world.gateway.offers("join") or world.target.web is None:
        world.gateway.must("join", guest.account, room=host.room_id)
    else:
        visit(world, guest, host)


def end(world: World, host: Person) -> None:
    """The host ends the room through the gateway."""
    world.gateway.must("end", host.account, room=host.room_id)
    world.tells("the gateway", f"{host.name}'s room has ended")


def end_in_browser(world: World, host: Person) -> None:
    """The host ends the room from the page, which says that it has ended. Raises BrokenPromise when it does not."""
    viewer = world.browsers.of(host).viewer
    viewer.press_end(host.values())
    ended = viewer.says_ended(host.values())
    if not ended and host.browser is not None:
        host.browser.tab.check_environment()
    found = (
        "it does" if ended else "it says that ending failed" if viewer.shows_failure_now(host.values()) else "nothing"
    )
    world.claim("the page says that the room has ended", ended, expected="it does", found=found)
    world.tells("the page", f"{host.name}'s room has ended")


def visit(world: World, visitor: Person, host: Person) -> None:
    """Somebody opens the host's room in their browser."""
    visitor.visiting = host.name
    world.browsers.of(visitor).viewer.open(host.values())


def schedule(world: World, host: Person, *, hours: float) -> None:
    """The host schedules a session that starts in so many hours."""
    host.title = world.naming.title()
    starts = now(hours * 3600)
    made = world.gateway.must(
        "schedule", host.account, room=host.room_id, title=host.title, topics=["talk"], starts_at=starts
    )
    entered(world, host, str(made.answer["session"]))


def open_doors(world: World, host: Person) -> None:
    """The host opens a session that begins in its lobby, and is there."""
    host.title = world.naming.title()
    made = world.gateway.must("open_doors", host.account, room=host.room_id, title=host.title, topics=["talk"])
    entered(world, host, str(made.answer["session"]))
    be_present(world, host)


def try_end_in_browser(world: World, host: Person) -> None:
    """The host presses End Room; what the page says is for the next step to judge."""
    world.browsers.of(host).viewer.press_end(host.values())


def values_of_visited(world: World, visitor: Person) -> dict[str, object]:
    """The values of the room that somebody is looking at: their own, unless they visit another's."""
    return world.people[visitor.visiting or visitor.name].values()


def forge(world: World, guest: Person) -> None:
    """Navigation claims that the guest hosts the room. Raises NotApplicable where there is nothing to forge."""
    if world.target.web is None or not world.target.web.viewer.forged_state:
        raise NotApplicable("forged-state", "the target's pages hand nothing over that could be forged")
    world.browsers.of(guest).viewer.open_forged(values_of_visited(world, guest))

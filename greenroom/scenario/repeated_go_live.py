"""A Go Live that is pressed twice (C2), or sent once more after it was carried out (C4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenroom.claims import pages
from greenroom.core.errors import NotApplicable
from greenroom.people.person import Person
from greenroom.scenario import actions, presence
from greenroom.scenario.world import World

if TYPE_CHECKING:  # a scenario without a page does not wait for the import of a browser's driver
    from greenroom.drivers.web.go_live_popup import GoLivePopup


def go_live_with_key(world: World, host: Person) -> None:
    """The host goes live with an idempotency key."""
    actions.go_live_unnoticed(world, host, key=world.naming.key())
    presence.be_present(world, host)


def go_live_with_similar_key(world: World, host: Person) -> None:
    """The host goes live with a key that is another only in its last character."""
    actions.go_live_unnoticed(world, host, key=world.naming.key("2"))
    presence.be_present(world, host)


def send_go_live_again(world: World, host: Person) -> None:
    """The host's last Go Live, which had a key, is sent once more; what came of it is kept."""
    host.outcomes = [world.gateway.attempt("go_live", host.account, **_last_wish(world, host))]


def send_go_live_of(world: World, other: Person, host: Person) -> None:
    """Somebody else sends the host's last Go Live, which had a key, once more; what came of it is kept."""
    other.outcome = world.gateway.attempt("go_live", other.account, **_last_wish(world, host))


def double_click_go_live(world: World, host: Person) -> None:
    """The host double-clicks the last button of Go Live, and the viewer opens."""
    popup = _filled_in(world, host)
    actions.comes_to(world, host, popup.press_twice(host.values()))
    actions.must_have_opened(host)


def double_click_go_live_held(world: World, host: Person) -> None:
    """The host double-clicks the last button of Go Live while the request of the first click is held."""
    popup = _filled_in(world, host)
    popup.click_twice(host.values())
    under_way = world.browsers.of(host).faults.await_slow(world.deadlines.control)
    popup.check_is_no_form()
    world.confirm(pages.request_is_under_way("a request", under_way))


def double_click_go_live_while_reset(world: World, host: Person) -> None:
    """The host double-clicks the last button of Go Live, and the reset of the room is held. Raises NotApplicable where
    the page sends none by itself: it asks the host before, or wants another press."""
    if world.target.web is not None and world.target.web.go_live.confirm:
        raise NotApplicable("page-resets", "a stuck room is not reset by one press: [web.go_live] confirm")
    popup, faults = _filled_in(world, host), world.browsers.of(host).faults
    popup.click_twice(host.values())
    faults.await_slow(world.deadlines.control)
    faults.check_met()


def _last_wish(world: World, host: Person) -> dict[str, object]:
    return {"room": host.room_id, "title": host.title, "topics": ["talk"], "key": world.naming.key()}


def _filled_in(world: World, host: Person) -> GoLivePopup:
    host.title = world.naming.title()
    popup = world.browsers.of(host).go_live
    popup.open(host.values())
    return popup

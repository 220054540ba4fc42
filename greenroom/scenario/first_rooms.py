"""The room that somebody gets who has never had one."""

from __future__ import annotations

from greenroom.claims import pages
from greenroom.claims.rooms import is_live, rooms_hosted
from greenroom.people.person import Person
from greenroom.scenario import actions
from greenroom.scenario.world import World


def expect_first_room_or_told(world: World, host: Person) -> None:
    """Who has gone live has one room; who has not was told so, and has none: nobody promises that a page which can't
    ask for a room makes one (D2)."""
    account = host.account.account_id if host.account else ""
    if host.on_page is None or not host.on_page.opened:
        world.confirm(pages.says_that_going_live_failed(host.on_page))
        world.expect(f"{host.name} hosts no room", rooms_hosted(account, 0), deadline="")
        return
    world.look()  # it tells whose the new room is
    world.people.find_room(host)
    actions.find_session(world, host)
    world.expect(f"{host.name} hosts exactly one room", rooms_hosted(account, 1))
    world.expect(f"{host.name} is live with exactly one open session", is_live(host.room_id))

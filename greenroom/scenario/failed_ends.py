"""An end that fails on the page, which has to say so."""

from __future__ import annotations

from greenroom.claims import pages
from greenroom.claims.fact import facts_of, holds
from greenroom.core.errors import NotApplicable
from greenroom.people.person import Person
from greenroom.scenario import actions
from greenroom.scenario.world import World


def expect_admitted(world: World, host: Person) -> None:
    """The host's page says that the room could not be ended (E14).

    Raises NotApplicable when a form has met the trouble, whose page is gone, and when the page has ended the room in a
    way that the target does not declare.
    """
    viewer = world.browsers.of(host).viewer
    world.browsers.of(host).check_end_is_no_form()
    admitted = pages.admits_failed_end(viewer, host.values())
    if not admitted.held and not world.target.can("client-fallback"):
        _check_has_not_ended(world, host)
    world.confirm(admitted)


def expect_truth(world: World, host: Person) -> None:
    """The host's page says that the room has ended, and it has, or else that it could not be ended (E14).

    Raises NotApplicable when a form has met trouble, whose page is gone.
    """
    world.browsers.of(host).check_end_is_no_form()
    ended, failed = pages.says_ended_or_failed(world.browsers.of(host).viewer, host.values())
    if ended.held:
        world.expect(f"{host.name}'s room is at rest", actions.at_rest(world, host))
    else:
        world.confirm(failed)


def expect_none(world: World, host: Person) -> None:
    """The host's page shows no failure (E8, E12).

    Raises NotApplicable when it shows one, its end has met trouble, and it has no other way to end a room: then it
    can't know better.
    """
    browser = world.browsers.of(host)
    shown = pages.shows_no_failure(browser.viewer, host.values())
    if not shown.held and browser.faults.has_met("end") and not world.target.can("client-fallback"):
        raise NotApplicable(
            "client-fallback", "the page has no other way to end a room, and says that it got no answer"
        )
    world.confirm(shown)


def _check_has_not_ended(world: World, host: Person) -> None:
    at_rest = actions.at_rest(world, host)
    if world.browsers.of(host).viewer.says_ended(host.values(), within=0) and holds(facts_of(at_rest, world.look())):
        words = "the page ended the room in another way: it may have the capability 'client-fallback'"
        raise NotApplicable("client-fallback", words)

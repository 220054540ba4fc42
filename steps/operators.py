"""What operators watch: the documented lines in the logs, and conflicts."""

from __future__ import annotations

from pytest_bdd import given, then

from greenroom.claims import answers
from greenroom.drivers.logs import GatewayLog
from greenroom.scenario import logs
from greenroom.scenario.world import World
from steps.words import text


@given("an operator watches the gateway's log")
def watches_log(world: World) -> None:
    """From here on."""
    world.log = GatewayLog(world.target.logs, world.target.folder)


@then(text("the gateway has logged that {host:Name}'s session was created, then that the listing was synced"))
def logged_creation(world: World, host: str) -> None:
    """Both documented lines, in that order."""
    lines = world.target.logs
    logs.expect_in_gateway_log(world, world.people.person(host), [lines.session_created, lines.listing_synced])


@then(text("{host:Name}'s page has logged the conflict, then that the forced reset succeeded"))
def logged_recovery(world: World, host: str) -> None:
    """Both documented console lines, in that order."""
    lines = world.target.logs
    logs.expect_on_console(world, world.people.person(host), [lines.conflict_noticed, lines.reset_succeeded])


@then(text("{host:Name}'s page has logged that the fallback succeeded"))
def logged_fallback(world: World, host: str) -> None:
    """The documented console line."""
    logs.expect_on_console(world, world.people.person(host), [world.target.logs.fallback_succeeded])


@then("no request met a conflict")
def no_conflict(world: World) -> None:
    """Neither a request of the harness nor one of a page was answered with a conflict."""
    world.confirm(answers.no_conflict(world.exchanges))

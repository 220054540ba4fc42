"""What operators watch: the documented lines in the logs, conflicts, and operations that work."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.step_text import costs
from greenroom.claims import answers
from greenroom.drivers.logs import GatewayLog
from greenroom.gherkin.vocabulary import WordList
from greenroom.scenario import logs
from greenroom.scenario.operations_in_use import USES, Use, use
from greenroom.scenario.out_of_turn import OutOfTurn, try_all
from greenroom.scenario.world import World
from steps.words import text


@given("an operator watches the gateway's log")
def watches_log(world: World) -> None:
    """From here on."""
    world.log = GatewayLog(world.target.logs, world.target.folder)


@then(text("the gateway has logged that {host:Name}'s session was created, then that the listing was synced"))
def logged_creation(world: World, host: str) -> None:
    """Both documented lines, in that order; the first alone where nothing is ever written to the listing."""
    logs.expect_in_gateway_log(world, world.people.person(host), world.target.lines_of_going_live)


@then(text("{host:Name}'s page has logged the conflict, then that the forced reset succeeded"))
def logged_recovery(world: World, host: str) -> None:
    """Both documented console lines, in that order."""
    lines = world.target.logs
    logs.expect_on_console(world, world.people.person(host), [lines.conflict_noticed, lines.reset_succeeded])


@then(text("{host:Name}'s page has logged that the fallback succeeded"))
def logged_fallback(world: World, host: str) -> None:
    """The documented console line."""
    logs.expect_on_console(world, world.people.person(host), [world.target.logs.fallback_succeeded])


@then(text("{host:Name}'s page has logged no fallback"))
def logged_no_fallback(world: World, host: str) -> None:
    """The documented console line is not there."""
    logs.expect_nothing_on_console(world, world.people.person(host), world.target.logs.fallback_succeeded)


@then("no request met a conflict")
def no_conflict(world: World) -> None:
    """Neither a request of the harness nor one of a page was answered with a conflict."""
    world.confirm(answers.no_conflict(world.exchanges, world.target))


@when(text("{host:Name} and {guest:Name} use the operations of {what:Use}", Use=WordList("use of a room", USES)))
@costs(go_lives=1)
def use_operations(world: World, host: str, guest: str, what: Use) -> None:
    """One after the other, each where it is due, until one is not carried out; what came of them is for a Then."""
    people = world.people
    people[host].outcomes = use(world, people.person(host), people.person(guest), what)


@when(
    text(
        "{host:Name} and {guest:Name} try all that {what:OutOfTurn}",
        OutOfTurn=WordList("kind of operations", {str(one): one for one in OutOfTurn}),
    )
)
def try_out_of_turn(world: World, host: str, guest: str, what: OutOfTurn) -> None:
    """Every described operation of the kind, one after the other; what came of them is for a Then."""
    people = world.people
    people[host].outcomes = try_all(world, people.person(host), people.person(guest), what)


@given(text("{member:Name} has asked which room is theirs"))
@when(text("{member:Name} asks which room is theirs"))
def asks_for_own_room(world: World, member: str) -> None:
    """One request of somebody who may have none; what came of it is for a Then."""
    person = world.people.person(member)
    person.outcomes = [world.gateway.attempt("my_room", person.account)]


@then("nothing that was tried broke")
def nothing_broke(world: World) -> None:
    """Each was carried out or refused; none met a failure of the application."""
    tried = [outcome for person in world.people.values() for outcome in person.outcomes]
    world.confirm(answers.none_broke(tried))


@then("each operation answered as described")
def answered_as_described(world: World) -> None:
    """All that were used were carried out."""
    used = [outcome for person in world.people.values() for outcome in person.outcomes]
    world.confirm(answers.each_carried_out(used))

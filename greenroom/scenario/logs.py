"""What a scenario expects of the target's logs (O2)."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.claims.log_lines import documented_lines, no_such_line
from greenroom.core.deadlines import eventually
from greenroom.core.errors import NotApplicable
from greenroom.drivers.logs import about_session, in_order
from greenroom.people.person import Person
from greenroom.scenario.world import World


def expect_in_gateway_log(world: World, host: Person, patterns: Sequence[str]) -> None:
    """The lines stand in the gateway's log since it is watched, in their order; "{session}" is the host's session.

    Raises NotApplicable when the target does not say what its gateway logs, or nobody watches.
    """
    log = world.log
    if log is None or not all(patterns):
        raise NotApplicable("gateway-log", "the target does not say what its gateway logs")
    wanted = [about_session(pattern, host.session_id) for pattern in patterns]
    missing, waited = eventually(
        lambda: in_order(log.fresh(), wanted),
        lambda missing: not missing,
        world.deadlines.settle,
        pause=world.browsers.let_pass,
    )
    world.confirm(documented_lines("the gateway's log", log.fresh(), missing, waited))


def expect_on_console(world: World, person: Person, patterns: Sequence[str]) -> None:
    """The lines stand on the console of the person's page, in their order.

    Raises NotApplicable when the target does not say what its page logs.
    """
    if not all(patterns):
        raise NotApplicable("console-log", "the target does not say what its page logs")
    lines = _console(world, person)
    world.confirm(documented_lines(f"{person.name}'s console", lines, in_order(lines, patterns)))


def expect_nothing_on_console(world: World, person: Person, pattern: str) -> None:
    """No such line stands on the console of the person's page.

    Raises NotApplicable when the target does not say what its page logs.
    """
    if not pattern:
        raise NotApplicable("console-log", "the target does not say what its page logs")
    lines = _console(world, person)
    world.confirm(no_such_line(f"{person.name}'s console", lines, pattern))


def _console(world: World, person: Person) -> str:
    return "\n".join(world.browsers.of(person).tab.console)

"""What operators watch: the documented lines in the logs, and conflicts."""

from __future__ import annotations

from pytest_bdd import given, then

from greenroom.core.deadlines import eventually
from greenroom.core.errors import NotApplicable
from greenroom.drivers.logs import GatewayLog, in_order
from greenroom.scenario.world import World
from steps.words import text


@given("an operator watches the gateway's log")
def watches_log(world: World) -> None:
    """From here on."""
    world.log = GatewayLog(world.target.logs, world.target.folder)


@then(text("the gateway has logged that {host:Name}'s session was created, then that the listing was synced"))
def logged_creation(world: World, host: str) -> None:
    """Both documented lines, in that order."""
    logs = world.target.logs
    session = world.people.person(host).session_id
    _logged(world, [line.replace("{session}", session) for line in (logs.session_created, logs.listing_synced)])


@then(text("{host:Name}'s page has logged the conflict, then that the forced reset succeeded"))
def logged_recovery(world: World, host: str) -> None:
    """Both documented console lines, in that order."""
    logs = world.target.logs
    _said(world, host, [logs.conflict_noticed, logs.reset_succeeded])


@then(text("{host:Name}'s page has logged that the fallback succeeded"))
def logged_fallback(world: World, host: str) -> None:
    """The documented console line."""
    _said(world, host, [world.target.logs.fallback_succeeded])


@then("no request met a conflict")
def no_conflict(world: World) -> None:
    """Neither a request of the harness nor one of a page was answered with a conflict."""
    sent = [exchange for step in world.evidence.steps for exchange in step.exchanges]
    conflicts = [f"{exchange.method} {exchange.url}" for exchange in sent if exchange.status == 409]
    world.claim("no request met a conflict", not conflicts, expected="no 409", found=", ".join(conflicts) or "no 409")


def _logged(world: World, patterns: list[str]) -> None:
    log = world.log
    if log is None or not all(patterns):
        raise NotApplicable("gateway-log", "the target does not say what its gateway logs")
    missing, waited = eventually(lambda: in_order(log.fresh(), patterns), lambda miss: not miss, world.deadlines.settle)
    _claim(world, "the gateway's log", log.fresh(), missing, waited)


def _said(world: World, person: str, patterns: list[str]) -> None:
    if not all(patterns):
        raise NotApplicable("console-log", "the target does not say what its page logs")
    console = world.browsers.of(world.people.person(person)).tab.console
    _claim(world, f"{person}'s console", "\n".join(console), in_order("\n".join(console), patterns), 0.0)


def _claim(world: World, where: str, lines: str, missing: str, waited: float) -> None:
    last = "\n            ".join(lines.strip().splitlines()[-6:]) or "nothing"
    world.claim(
        f"{where} has the documented lines in their order", not missing,
        expected=missing or "all of them", found=last if missing else "all of them", waited=waited,
    )  # fmt: skip

"""The cleanup migration: on a scratch database of every kind of room, and on the target while it is in use."""

from __future__ import annotations

from pytest_bdd import given, then, when

from greenroom.drivers.database_faults import failing_writes
from greenroom.migration import claims as migrated
from greenroom.migration.population import draw
from greenroom.migration.scratch import described, run_migration, scratch_database
from greenroom.scenario import concurrent as acts_at_once
from greenroom.scenario.world import World
from steps.words import text


@given("a scratch database with every kind of stuck and healthy room")
def scratch_is_filled(world: World) -> None:
    """Ages on both sides of the two hours; people inside, hosts present, entries listed."""
    described(world.target)
    world.scratch = world.until_end(scratch_database(world.target, world.writable_database(), world.mark))
    world.scratch.fill(draw(world.naming.seed), world.naming.faker)


@given(text("every write to the {relation} of one stuck room fails"))
def one_write_fails(world: World, relation: str) -> None:
    """So that the migration fails when it is half-way."""
    assert world.scratch is not None and world.target.database is not None
    fault = world.target.database.write_faults.get(relation)  # type: ignore[call-overload]
    victim = world.scratch.rooms[0].room_id
    world.until_end(failing_writes(world.scratch.database, fault, victim))


@given("the cleanup migration has run on the target")
@when("the cleanup migration runs on the target")
def runs_on_target(world: World) -> None:
    """As a deployment does it, while the target is up."""
    ran = run_migration(world.target, world.writable_database().dsn)
    world.claim("the migration runs", not ran.error, expected="no error", found=ran.error or "no error")


@when("the cleanup migration runs")
def runs(world: World) -> None:
    """On the scratch database; it must go through."""
    assert world.scratch is not None
    ran = world.scratch.run()
    world.claim("the migration runs", not ran.error, expected="no error", found=ran.error or "no error")


@when("the cleanup migration runs again")
def runs_again(world: World) -> None:
    """The state after the first run is what nothing may change any more."""
    assert world.scratch is not None
    world.scratch.remember()
    runs(world)


@when("the cleanup migration is tried")
def is_tried(world: World) -> None:
    """On the scratch database; it must fail."""
    assert world.scratch is not None
    ran = world.scratch.run()
    world.claim("the migration fails", bool(ran.error), expected="an error", found=ran.error or "no error")


@when(text("the cleanup migration runs while {host:Name} recovers and goes live"))
def runs_meanwhile(world: World, host: str) -> None:
    """The migration waits for another stuck room that is held; meanwhile the host recovers and goes live."""
    acts_at_once.migrate_meanwhile(
        world, world.people.person(host), lambda: run_migration(world.target, world.writable_database().dsn)
    )


_CLAIMS = {
    "every session in lobby or scheduled that began over two hours ago is ended": migrated.old_sessions_are_ended,
    "nobody is left inside a session that is over": migrated.nobody_is_inside,
    "every stuck room is idle, without session or host": migrated.stuck_rooms_are_idle,
    "no dead entry is listed": migrated.dead_entries_are_gone,
    "no byte of a healthy room has changed": migrated.healthy_rooms_are_untouched,
    "no byte of any room has changed": migrated.unchanged,
    "no room is stuck, and live entries are those of live rooms": migrated.none_is_stuck,
}


@then(text("in the scratch database {claim}"))
def holds_in_scratch(world: World, claim: str) -> None:
    """One claim about every room of the scratch database."""
    assert world.scratch is not None
    wrong = _CLAIMS[claim](world.scratch)
    _claim(world, claim, wrong)


@then("its notices carry the true counts")
def notices_true(world: World) -> None:
    """Sessions, rooms and entries, as counted by what has changed."""
    assert world.scratch is not None
    _claim(
        world, "the notices carry the true counts", migrated.notices_are_true(world.scratch, described(world.target))
    )


@then("it has changed nothing and reports zeros")
def second_run(world: World) -> None:
    """Not one byte, and zero in every notice."""
    assert world.scratch is not None
    wrong = migrated.second_run_changed_nothing(world.scratch, described(world.target))
    _claim(world, "the second run changes nothing and reports zeros", wrong)


def _claim(world: World, claim: str, wrong: list[str]) -> None:
    found = f"{len(wrong)} wrong: " + "; ".join(wrong[:4]) if wrong else "so it is"
    world.claim(claim, not wrong, expected="so it is", found=found)

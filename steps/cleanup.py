"""The cleanup migration: on a scratch database of every kind of room, and on the target while it is in use."""

from __future__ import annotations

from pytest_bdd import given, then, when

from greenroom.drivers.faults import failing_writes
from greenroom.migration import claims as judges
from greenroom.migration.population import draw
from greenroom.migration.scratch import described, run_migration, scratch_database
from greenroom.scenario import concurrent as acts_at_once
from greenroom.scenario.world import Stage
from steps.words import text


@given("a scratch database with every kind of stuck and healthy room")
def scratch_is_filled(stage: Stage) -> None:
    """Ages on both sides of the two hours; people inside, hosts present, entries listed."""
    described(stage.target)
    stage.scratch = stage.until_end(scratch_database(stage.target, stage.writable_database(), stage.mark))
    stage.scratch.fill(draw(stage.seed), stage.faker)


@given(text("every write to the {relation} of one stuck room fails"))
def one_write_fails(stage: Stage, relation: str) -> None:
    """So that the migration fails when it is half-way."""
    assert stage.scratch is not None and stage.target.database is not None
    fault = stage.target.database.write_faults.get(relation)  # type: ignore[call-overload]
    victim = stage.scratch.rooms[0].room_id
    stage.until_end(failing_writes(stage.scratch.database, fault, victim))


@given("the cleanup migration has run on the target")
@when("the cleanup migration runs on the target")
def runs_on_target(stage: Stage) -> None:
    """As a deployment does it, while the target is up."""
    ran = run_migration(stage.target, stage.writable_database().dsn)
    stage.claim("the migration runs", not ran.error, expected="no error", found=ran.error or "no error")


@when("the cleanup migration runs")
def runs(stage: Stage) -> None:
    """On the scratch database; it must go through."""
    assert stage.scratch is not None
    ran = stage.scratch.run()
    stage.claim("the migration runs", not ran.error, expected="no error", found=ran.error or "no error")


@when("the cleanup migration runs again")
def runs_again(stage: Stage) -> None:
    """The state after the first run is what nothing may change any more."""
    assert stage.scratch is not None
    stage.scratch.remember()
    runs(stage)


@when("the cleanup migration is tried")
def is_tried(stage: Stage) -> None:
    """On the scratch database; it must fail."""
    assert stage.scratch is not None
    ran = stage.scratch.run()
    stage.claim("the migration fails", bool(ran.error), expected="an error", found=ran.error or "no error")


@when(text("the cleanup migration runs while {host:Name} recovers and goes live"))
def runs_meanwhile(stage: Stage, host: str) -> None:
    """The migration waits for another stuck room that is held; meanwhile the host recovers and goes live."""
    acts_at_once.migrate_meanwhile(
        stage, stage.person(host), lambda: run_migration(stage.target, stage.writable_database().dsn)
    )


_JUDGES = {
    "every session in lobby or scheduled that began over two hours ago is ended": judges.old_sessions_are_ended,
    "nobody is left inside a session that is over": judges.nobody_is_inside,
    "every stuck room is idle, without session or host": judges.stuck_rooms_are_idle,
    "no dead entry is listed": judges.dead_entries_are_gone,
    "no byte of a healthy room has changed": judges.healthy_rooms_are_untouched,
    "no byte of any room has changed": judges.unchanged,
    "no room is stuck, and live entries are those of live rooms": judges.none_is_stuck,
}


@then(text("in the scratch database {claim}"))
def holds_in_scratch(stage: Stage, claim: str) -> None:
    """One claim about every room of the scratch database."""
    assert stage.scratch is not None
    wrong = _JUDGES[claim](stage.scratch)
    _judge(stage, claim, wrong)


@then("its notices carry the true counts")
def notices_true(stage: Stage) -> None:
    """Sessions, rooms and entries, as counted by what has changed."""
    assert stage.scratch is not None
    _judge(stage, "the notices carry the true counts", judges.notices_are_true(stage.scratch, described(stage.target)))


@then("it has changed nothing and reports zeros")
def second_run(stage: Stage) -> None:
    """Not one byte, and zero in every notice."""
    assert stage.scratch is not None
    wrong = judges.second_run_changed_nothing(stage.scratch, described(stage.target))
    _judge(stage, "the second run changes nothing and reports zeros", wrong)


def _judge(stage: Stage, claim: str, wrong: list[str]) -> None:
    found = f"{len(wrong)} wrong: " + "; ".join(wrong[:4]) if wrong else "so it is"
    stage.claim(claim, not wrong, expected="so it is", found=found)

"""The cleanup migration: on a scratch database of every kind of room, and on the target while it is in use."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.step_text import costs
from greenroom.gherkin.vocabulary import WordList
from greenroom.migration import claims as migrated
from greenroom.scenario import concurrent, migrating
from greenroom.scenario.migrating import ScratchClaim
from greenroom.scenario.world import World
from steps.words import text

_CLAIMS = {
    "every session in lobby or scheduled that began over two hours ago is ended": (
        migrated.old_sessions_are_ended,
        ("sessions",),
    ),
    "every session that was ended began when it began": (migrated.what_it_ends_keeps_its_beginning, ("sessions",)),
    "nobody is left inside a session that is over": (migrated.nobody_is_inside, ("attendance",)),
    "nobody who was inside left before the session was over": (
        migrated.who_was_inside_left_at_the_end,
        ("attendance",),
    ),
    "every stuck room is idle, without session or host": (migrated.stuck_rooms_are_idle, ("rooms",)),
    "no dead entry is listed": (migrated.dead_entries_are_gone, ("listing",)),
    "no byte of a healthy room has changed": (migrated.healthy_rooms_are_untouched, ()),
    "what was over before has the times that it had": (migrated.what_was_over_keeps_its_times, ()),
    "no byte of any room has changed": (migrated.unchanged, ()),
    "no room is stuck, and live entries are those of live rooms": (migrated.none_is_stuck, ("rooms", "listing")),
}
_SCRATCH_CLAIMS = WordList("claim", {words: ScratchClaim(words, *claim) for words, claim in _CLAIMS.items()})


@given("a scratch database with every kind of stuck and healthy room")
def scratch_is_filled(world: World) -> None:
    """Ages on both sides of the two hours; people inside, hosts present, entries listed."""
    migrating.make_scratch(world)


@given("a scratch database with one stuck room and nothing else")
def small_scratch_is_filled(world: World) -> None:
    """Its session is over; host and guests are still inside, and its entry is listed."""
    migrating.make_small_scratch(world)


@given("a scratch database with one old lobby and nothing else")
def scratch_is_filled_with_a_lobby(world: World) -> None:
    """It opened hours ago; host and guests are inside, and its entry is listed."""
    migrating.make_scratch_with_a_lobby(world)


@given("a scratch database with one stuck room, one that is live, and nothing else")
def scratch_is_filled_with_two(world: World) -> None:
    """As with one stuck room; the other is live, has guests inside and is listed."""
    migrating.make_small_scratch(world, live=True)


@given(text("every write to the {relation:Relation} of one stuck room fails"))
def one_write_fails(world: World, relation: str) -> None:
    """So that the migration fails when it is half-way."""
    migrating.fail_one_write(world, relation)


@given("the cleanup migration has run on the target")
@when("the cleanup migration runs on the target")
def runs_on_target(world: World) -> None:
    """As a deployment does it, while the target is up."""
    migrating.run_on_target(world)


@when("the cleanup migration runs")
def runs(world: World) -> None:
    """On the scratch database; it must go through."""
    migrating.run_on_scratch(world)


@when("the cleanup migration runs again")
def runs_again(world: World) -> None:
    """The state after the first run is what nothing may change any more."""
    world.scratch.remember()
    migrating.run_on_scratch(world)


@when("the cleanup migration is tried")
def is_tried(world: World) -> None:
    """On the scratch database; it must fail."""
    migrating.fail_on_scratch(world)


@when(text("the cleanup migration runs while {host:Name} recovers and goes live"))
@costs(go_lives=2)
def runs_meanwhile(world: World, host: str) -> None:
    """The migration waits for another stuck room that is held; meanwhile the host recovers and goes live."""
    concurrent.migrate_meanwhile(world, world.people.person(host))


@then(text("in the scratch database {claim:ScratchClaim}", ScratchClaim=_SCRATCH_CLAIMS))
def holds_in_scratch(world: World, claim: ScratchClaim) -> None:
    """One claim about every room of the scratch database."""
    world.confirm(migrating.holds_in_scratch(claim, world.scratch))


@then("its notices carry the true counts")
def notices_are_true(world: World) -> None:
    """Sessions, rooms and entries, as counted by what has changed."""
    wrong = migrated.notices_are_true(world.scratch, world.scratch.migration)
    world.confirm(migrating.tells_the_truth("the notices carry the true counts", wrong))


@then("it has changed nothing and reports zeros")
def second_run_changed_nothing(world: World) -> None:
    """Not one byte, and zero in every notice."""
    wrong = migrated.second_run_changed_nothing(world.scratch, world.scratch.migration)
    world.confirm(migrating.tells_the_truth("the second run changes nothing and reports zeros", wrong))

"""The cleanup migration in a scenario: on a scratch database, and on the target while it is in use (M)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from greenroom.claims.observation import Observation
from greenroom.claims.wrong_rows import wrong_rows
from greenroom.core.errors import NotApplicable, What
from greenroom.drivers.database_faults import failing_writes
from greenroom.migration.claims import Wrong
from greenroom.migration.population import HEALTHY, OLD, STUCK, PlannedRoom, draw, possible
from greenroom.migration.scratch import Ran, Scratch, described, run_migration, scratch_database
from greenroom.scenario.faults import faulty_table
from greenroom.scenario.world import World

_HOURS_AGO = 600
"""Minutes."""
_CHANGED: What = ("rows that are right", "changed")
_MISCOUNTED: What = ("the migration's notices", "other counts")


@dataclass(frozen=True)
class ScratchClaim:
    """A sentence about all rooms of a scratch database, what finds the rooms for which it is wrong, and the relations
    that it is about; none for one about rows that must not change."""

    sentence: str
    wrong: Callable[[Scratch], Wrong]
    about: tuple[str, ...] = ()


def make_scratch(world: World) -> None:
    """A scratch database of the target's schema, filled with every kind of room that it can hold, until the scenario is
    over.

    Raises NotApplicable without a described migration, or without a database of ours to clone.
    """
    scratch = _empty_scratch(world)
    missing = scratch.database.can_arrange("point_to_missing")
    scratch.fill(draw(world.naming.seed, possible(world.target.states, missing=missing)), world.naming.faker)


def make_small_scratch(world: World, *, live: bool = False) -> None:
    """As `make_scratch`, with one stuck room in it, perhaps one that is `live`, and nothing else. Raises NotApplicable
    where no room ever gets stuck with its session over."""
    kinds = possible(world.target.states, missing=False)
    stuck = [kind for kind in kinds if kind in STUCK and kind.of_session]
    if not stuck:
        raise NotApplicable("states", "[states] says that no room is ever stuck with a session that is over")
    well = [one for one in kinds if one in HEALTHY and one.status == "live" and one.youngest < _HOURS_AGO < one.oldest]
    rooms = [PlannedRoom(kind, _HOURS_AGO, 2) for kind in (stuck[:1] + well[:1] if live else stuck[:1])]
    _empty_scratch(world).fill(rooms, world.naming.faker)


def make_scratch_with_a_lobby(world: World) -> None:
    """As `make_scratch`, with one room in it whose lobby has been open for hours, and nothing else. Raises
    NotApplicable where no session is ever in a lobby."""
    kinds = [kind for kind in possible(world.target.states, missing=False) if kind in OLD and kind.status == "lobby"]
    if not kinds:
        raise NotApplicable("states", "[states] says that no session is ever in its lobby")
    _empty_scratch(world).fill([PlannedRoom(kinds[0], _HOURS_AGO, 2)], world.naming.faker)


def _empty_scratch(world: World) -> Scratch:
    described(world.target)
    scratch = world.until_end(scratch_database(world.target, world.writable_database(), world.mark))
    world.scratch = scratch
    return scratch


def fail_one_write(world: World, relation: str) -> None:
    """Every write to a relation of one stuck room of the scratch database fails, until the scenario is over."""
    victim = world.scratch.rooms[0].room_id
    world.until_end(failing_writes(world.scratch.database, faulty_table(world, relation), victim))


def run_on_scratch(world: World) -> None:
    """The migration runs on the scratch database. Raises BrokenPromise when it fails."""
    world.confirm(went_through(world.scratch.run()))


def fail_on_scratch(world: World) -> None:
    """The migration runs on the scratch database. Raises BrokenPromise when it does not fail."""
    error = world.scratch.run().error
    world.confirm(Observation("the migration fails", bool(error), "an error", error or "no error"))


def run_on_target(world: World) -> None:
    """The migration runs on the target's own database. Raises BrokenPromise when it fails."""
    world.confirm(went_through(run_migration(world.target, world.writable_database().dsn)))


def went_through(ran: Ran) -> Observation:
    """The migration ran without an error."""
    return Observation("the migration runs", not ran.error, "no error", ran.error or "no error")


def holds_in_scratch(claim: ScratchClaim, scratch: Scratch) -> Observation:
    """A claim about all rooms of the scratch database, as the rows that offend invariants say it for machines."""
    seen = holds_for_all(claim.sentence, claim.wrong(scratch))
    if seen.held:
        return seen
    rows = wrong_rows(scratch.after, [room.room_id for room in scratch.rooms])
    about = [what for what in rows if what[0].partition(".")[0] in claim.about]
    return replace(seen, wrong=tuple(about) if claim.about else (_CHANGED,))


def tells_the_truth(sentence: str, wrong: Wrong) -> Observation:
    """A sentence about notices, and about rows that must not change: which of the two is wrong is told for machines."""
    of_notices = [one for one in wrong if one.startswith("the notice ")]
    found: list[What] = [_CHANGED] if len(of_notices) < len(wrong) else []
    found += [_MISCOUNTED] if of_notices else []
    return replace(holds_for_all(sentence, wrong), wrong=tuple(found))


def holds_for_all(sentence: str, wrong: Wrong) -> Observation:
    """A sentence about all rooms, and the rooms for which it is wrong."""
    found = f"{len(wrong)} wrong: {'; '.join(wrong[:4])}" if wrong else "so it is"
    return Observation(sentence, not wrong, "so it is", found)

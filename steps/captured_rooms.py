"""A room as it was captured somewhere (`greenroom capture`), and whether anything is wrong with a room."""

from __future__ import annotations

from pytest_bdd import given, then

from greenroom.claims.offence import offence_of
from greenroom.core import clock
from greenroom.scenario.captured.arrange import arrange
from greenroom.scenario.captured.table import lines_of
from greenroom.scenario.world import World
from steps.words import text


@given(text("{host:Name}'s room is as captured"))
def is_as_captured(world: World, host: str, datatable: list[list[str]]) -> None:
    """The room and its rows are those of the table, which greenroom capture writes; times are as long ago as then."""
    arrange(world, world.people.host(host), lines_of(datatable, clock.database_now()))


@then(text("nothing is wrong with {host:Name}'s room"))
def nothing_is_wrong(world: World, host: str) -> None:
    """Every invariant holds for the scenario's rooms: what must be true of any room at any time."""
    if offences := world.offences.now():
        raise offence_of(offences, world.naming.ids)

"""People's computers: the time they have, and where in the world they are set to be."""

from __future__ import annotations

from pytest_bdd import given

from greenroom.gherkin.vocabulary import WordList
from greenroom.scenario import computers
from greenroom.scenario.computers import SETTINGS, WRONG_CLOCKS, Setting, WrongClock
from greenroom.scenario.world import World
from steps.words import text


@given(text("the clock of {person:Name}'s computer is {off:WrongClock}", WrongClock=WordList("clock", WRONG_CLOCKS)))
def clock_is_wrong(world: World, person: str, off: WrongClock) -> None:
    """What the person's pages take for the time."""
    computers.shift_clock(world, world.people.person(person), off)


@given(text("{person:Name}'s computer is set to {setting:Setting}", Setting=WordList("setting", SETTINGS)))
def is_set_to(world: World, person: str, setting: Setting) -> None:
    """The time zone, or the language of numbers, dates and capital letters, of the browser that the person uses."""
    computers.use_computer(world, world.people.person(person), setting)

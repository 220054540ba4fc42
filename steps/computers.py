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
    """The time zone, or the language of numbers, dates and capital letters, of the browser that the person uses; or it
    shows what moves on pages."""
    computers.use_computer(world, world.people.person(person), setting)


@given(text("{person:Name}'s network is slow"))
def network_is_slow(world: World, person: str) -> None:
    """Every answer comes a good half second later, in the tab that the person has."""
    computers.slow_network(world, world.people.person(person))


@given(text("{person:Name} uses a phone"))
def uses_phone(world: World, person: str) -> None:
    """A small screen that is touched, on which the person has signed in."""
    computers.use_phone(world, world.people.person(person))


@given(text("{person:Name} uses a phone on its side"))
def uses_phone_on_its_side(world: World, person: str) -> None:
    """The same, held so that it is wide and low."""
    computers.use_phone(world, world.people.person(person), on_its_side=True)


@given(text("{person:Name} uses the keyboard alone"))
def uses_keyboard(world: World, person: str) -> None:
    """Whatever the person presses on a page is gone to and pressed with a key."""
    computers.use_no_mouse(world, world.people.person(person))

"""The computers of people: one whose clock is wrong, and one that is set to another time zone or language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from greenroom.people.person import Person
from greenroom.scenario.world import World


class WrongClock(Enum):
    """A clock that is off, by so many seconds; more than nought is fast."""

    TWO_MINUTES_FAST = 120.0
    HALF_AN_HOUR_FAST = 1800.0
    TWO_HOURS_FAST = 7200.0
    HALF_AN_HOUR_SLOW = -1800.0


WRONG_CLOCKS: Mapping[str, WrongClock] = {
    "two minutes fast": WrongClock.TWO_MINUTES_FAST,
    "half an hour fast": WrongClock.HALF_AN_HOUR_FAST,
    "two hours fast": WrongClock.TWO_HOURS_FAST,  # set to another zone by hand: what is good for an hour looks over
    "half an hour slow": WrongClock.HALF_AN_HOUR_SLOW,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """A time zone by its name in the IANA's database, the language of numbers, dates and capital letters, or that what
    moves on pages is shown."""

    time_zone: str = ""
    language: str = ""
    shows_movement: bool = False


SETTINGS: Mapping[str, Setting] = {
    "the time of Kathmandu": Setting(time_zone="Asia/Kathmandu"),  # a quarter of an hour off everybody else's
    "the time of Kiritimati": Setting(time_zone="Pacific/Kiritimati"),  # the first to have tomorrow
    "the time of Honolulu": Setting(time_zone="Pacific/Honolulu"),  # behind, with half a day of yesterday
    "Turkish": Setting(language="tr-TR"),  # "i" and "I" are two letters there
    "Egyptian Arabic": Setting(language="ar-EG"),  # other digits, and written from the right
    "Thai": Setting(language="th-TH"),  # another calendar, in which it is the year 2569
    "show movement": Setting(shows_movement=True),  # as most are; no other scenario waits for what moves
}


def shift_clock(world: World, person: Person, off: WrongClock) -> None:
    """The clock of the person's computer is off from here on, for the pages that they open."""
    from greenroom.drivers.web.page_clock import shift_script

    world.browsers.of(person).tab.context.add_init_script(shift_script(off.value))


_SLOW = 0.7
"""Seconds that each answer comes later by: more than pages wait between two looks, as on a train."""


def slow_network(world: World, person: Person) -> None:
    """Each answer to the page that the person has takes its time from here on."""
    page = world.browsers.of(person).tab.page
    network = {"offline": False, "latency": _SLOW * 1000, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", network)


def use_computer(world: World, person: Person, setting: Setting) -> None:
    """The person looks at pages on a computer that is set so from here on, signed in as before."""
    from greenroom.drivers.web.device import Device

    device = Device(language=setting.language, time_zone=setting.time_zone, shows_movement=setting.shows_movement)
    world.browsers.another(person, device=device)


def use_phone(world: World, person: Person, *, on_its_side: bool = False) -> None:
    """The person looks at pages on a small phone from here on, signed in as before."""
    from greenroom.drivers.web.device import PHONE, PHONE_ON_ITS_SIDE

    world.browsers.another(person, device=PHONE_ON_ITS_SIDE if on_its_side else PHONE)


def use_no_mouse(world: World, person: Person) -> None:
    """The person uses pages with the keyboard alone from here on, signed in as before."""
    from greenroom.drivers.web.device import KEYBOARD

    world.browsers.another(person, device=KEYBOARD)

"""What one check establishes and other checks need, each a typed key of the examination."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from greenroom.drivers.database import Database
from greenroom.drivers.http import Http
from greenroom.drivers.launch import LaunchedTarget
from greenroom.drivers.web.browser import BrowserHost
from greenroom.people.person import Person
from greenroom.scenario.world import World
from greenroom.targetfile.model import Target

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Prerequisite:
    """Something that holds once a check has established it. The table calls it by its name: "needs a room"."""

    name: str


class Provided(Prerequisite, Generic[T]):
    """A prerequisite with a value, which other checks get from the examination."""


@dataclass(frozen=True)
class RunningTarget:
    """A target that is up, and the drivers that reach it. `launched` is None when it was running already."""

    target: Target
    launched: LaunchedTarget | None
    http: Http
    browsers: BrowserHost


@dataclass(frozen=True)
class Members:
    """The two people with whom everything is tried."""

    host: Person
    guest: Person


TARGET_FILE = Provided[Target]("target file")
RUNNING_TARGET = Provided[RunningTarget]("a target that is up")
DATABASE = Provided[Database]("the database")
READABLE_RELATIONS = Prerequisite("the relations")  # each has the canonical columns and values
WORLD = Provided[World]("a world to make people in")
MEMBERS = Provided[Members]("people")
USABLE_OPERATIONS = Prerequisite("operations")  # described, with what their answers must tell
ROOM = Prerequisite("a room")  # the host's own
SESSION = Prerequisite("a session")  # the host went live through the gateway
WORKING_ARRANGEMENTS = Prerequisite("arrangements")  # each does what its name says
BROWSER = Prerequisite("a browser")
SELECTORS = Prerequisite("selectors")  # each can be read
SIGNED_IN_PAGES = Prerequisite("people on the page")  # host and guest are signed in
LISTING_PAGE = Prerequisite("the listing")  # it opens
LIVE_PAGE = Prerequisite("a live page")  # the host's room is live, by what was done on the page
VIEWER_PAGE = Prerequisite("a viewer")  # it opens for host and guest

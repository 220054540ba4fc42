"""One examination of a target: what its checks share, and what they have established so far."""

from __future__ import annotations

import contextlib
import datetime as dt
import secrets
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

from greenroom.core.redact import Redactor
from greenroom.doctor.prerequisites import (
    MEMBERS,
    RUNNING_TARGET,
    TARGET_FILE,
    WORLD,
    Prerequisite,
    Provided,
)
from greenroom.doctor.unfilled import first_unfilled
from greenroom.drivers.http import Http
from greenroom.drivers.outcome import CarriedOut, Outcome
from greenroom.drivers.web.browser import BrowserHost
from greenroom.people.person import Person
from greenroom.record.evidence import Evidence
from greenroom.relations.state import Row
from greenroom.scenario.world import World
from greenroom.targetfile.load import TargetFile
from greenroom.targetfile.model import Target

T = TypeVar("T")

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


class NotReached(Exception):
    """A check can't be carried out, because of something that another check has already named."""


class Examination:
    """What checks establish is kept under its prerequisite; a check gets only what an earlier one has provided."""

    def __init__(self, file: TargetFile, home: Path, patience: float = 0.0) -> None:
        """`home` is where ledgers and leases are kept; a 429 is waited out for `patience` seconds."""
        self.file, self.home, self._patience = file, home, patience
        self.run = f"{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}-" + "".join(secrets.choice(_LETTERS) for _ in range(4))
        self.mark = f"gr{self.run[-4:]}doc"
        self.redactor = Redactor()
        self.evidence = Evidence(self.redactor)
        self.answering: set[str] = set()  # services of which an address answered
        self.outcomes: dict[str, Outcome] = {}  # by operation, of the last time that it was to succeed
        self.observed: dict[str, bool] = {}  # capability -> whether it was seen to work
        self.lent: Row | None = None  # the borrowed room, as it was found
        self._established: dict[Prerequisite, Any] = {}
        self._undeclared: set[Prerequisite] = set()
        self._go_lives = 0
        self._ends = contextlib.ExitStack()

    # what checks establish

    def establish(self, prerequisite: Prerequisite) -> None:
        """From now on it holds."""
        self._established[prerequisite] = None

    def provide(self, prerequisite: Provided[T], value: T) -> None:
        """From now on it holds, with this value."""
        self._established[prerequisite] = value

    def withdraw(self, prerequisite: Prerequisite) -> None:
        """It no longer holds, if it ever did."""
        self._established.pop(prerequisite, None)

    def has(self, prerequisite: Prerequisite) -> bool:
        """Whether it holds."""
        return prerequisite in self._established

    def find(self, prerequisite: Provided[T]) -> T | None:
        """Its value; None as long as no check has provided it."""
        value: T | None = self._established.get(prerequisite)
        return value

    def get(self, prerequisite: Provided[T]) -> T:
        """Its value. Raises NotReached as long as no check has provided it."""
        if prerequisite not in self._established:
            raise NotReached(f"needs {prerequisite.name}")
        value: T = self._established[prerequisite]
        return value

    def take(self, prerequisite: Provided[T]) -> T | None:
        """Its value, which nobody gets again; None when it does not hold."""
        value: T | None = self._established.pop(prerequisite, None)
        return value

    def mark_undeclared(self, prerequisites: Collection[Prerequisite]) -> None:
        """The target does not declare what would establish these: what needs them is left out, and not even told."""
        self._undeclared.update(one for one in prerequisites if one not in self._established)

    def is_undeclared(self, prerequisite: Prerequisite) -> bool:
        """Whether the target does not declare what would establish it."""
        return prerequisite in self._undeclared and prerequisite not in self._established

    # what most checks ask for

    @property
    def target(self) -> Target:
        """The target as far as it is known: by its file alone, and once it is up with what its launch said."""
        running = self.find(RUNNING_TARGET)
        return running.target if running is not None else self.get(TARGET_FILE)

    @property
    def http(self) -> Http:
        """What sends requests. Raises NotReached before the target is up."""
        return self.get(RUNNING_TARGET).http

    @property
    def browsers(self) -> BrowserHost:
        """What starts browsers. Raises NotReached before the target is up."""
        return self.get(RUNNING_TARGET).browsers

    @property
    def world(self) -> World:
        """Where people and rooms are made, as for a scenario. Raises NotReached when nobody can be made."""
        return self.get(WORLD)

    @property
    def borrows(self) -> bool:
        """Whether accounts and rooms are other people's and stay: nothing is done to them that can't be undone."""
        return self.target.people.source == "pool" and self.target.environment != "disposable"

    @property
    def host(self) -> Person:
        """Who owns the room. Raises NotReached before people were made."""
        return self.get(MEMBERS).host

    @property
    def guest(self) -> Person:
        """Who visits the host's room. Raises NotReached before people were made."""
        return self.get(MEMBERS).guest

    def went(self, operation: str) -> CarriedOut | None:
        """What the operation answered when it last succeeded as it should; None when it did not, or was not sent."""
        outcome = self.outcomes.get(operation)
        return outcome if isinstance(outcome, CarriedOut) else None

    def require_service(self, name: str) -> None:
        """Raises NotReached when the service does not answer."""
        if name not in self.answering:
            raise NotReached(f"needs an answer from {name}")

    # the target file

    def resolve(self, ready: Mapping[str, str] | None = None) -> Target:
        """The target of the file; `ready` is what its launch said. Raises BadTarget."""
        target = self.file.resolve(ready)
        if not self._patience:
            return target
        return target.model_copy(update={"deadlines": target.deadlines.model_copy(update={"patience": self._patience})})

    def where(self, *path: str | int) -> str:
        """Where a key stands: file and line."""
        return self.file.where(path)

    def unfilled(self, *path: str | int) -> str:
        """Where below `path` the skeleton was not filled in, or "" when it was."""
        found = first_unfilled(self.file.document, path)
        return self.where(*found) if found is not None else ""

    # the limiter

    def may_go_live(self, times: int = 1) -> bool:
        """Whether the declared limiter lets the doctor go live that many times more; if so they are counted."""
        allowed = self.target.limits.go_live
        if allowed and self._go_lives + times > allowed:
            return False
        self._go_lives += times
        return True

    @property
    def limit_reached(self) -> str:
        """Why something was not tried when `may_go_live` said no."""
        limits = self.target.limits
        return f"saved: the limiter allows {limits.go_live} Go Lives in {limits.window} s"

    # the end

    def on_close(self, end: Callable[[], object]) -> None:
        """Have `end` called when the examination is over; what was begun last is ended first."""
        self._ends.callback(end)

    def close(self) -> None:
        """End everything that was begun. What can't be ended does not keep the others from it; its error is raised."""
        self._ends.close()

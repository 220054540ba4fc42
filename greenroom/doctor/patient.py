"""The target under examination, and what was learnt of it so far."""

from __future__ import annotations

import contextlib
import datetime as dt
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from greenroom.core.redact import Redactor
from greenroom.drivers.database import Database
from greenroom.drivers.http import Http
from greenroom.drivers.launch import LaunchedTarget
from greenroom.drivers.logs import GatewayLog
from greenroom.drivers.outcome import Outcome, Went
from greenroom.drivers.web.browser import BrowserHost
from greenroom.people.person import Person
from greenroom.record.evidence import Evidence
from greenroom.scenario.worker import Worker
from greenroom.scenario.world import World
from greenroom.targetfile.load import TargetFile
from greenroom.targetfile.model import Target

BLANK = "CHANGE-ME"
"""What `greenroom init` leaves where something must be filled in."""

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


class NotReached(Exception):
    """A check can't be carried out, because of something that another check has already named."""


class Patient:
    """What checks share. An attribute that is set by a check may be used once its name is among `things`."""

    target: Target
    http: Http
    browsers: BrowserHost
    worker: Worker
    world: World
    host: Person
    guest: Person

    def __init__(self, file: TargetFile, home: Path, patience: float = 0.0) -> None:
        """`home` is where ledgers and leases are kept; a 429 is waited out for `patience` seconds."""
        self.file, self.home, self._patience = file, home, patience
        self.run = f"{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}-" + "".join(secrets.choice(_LETTERS) for _ in range(4))
        self.mark = f"gr{self.run[-4:]}doc"
        self.redactor = Redactor()
        self.evidence = Evidence(self.redactor)
        self.things: set[str] = set()
        self.undeclared: set[str] = set()
        self.launched: LaunchedTarget | None = None
        self.database: Database | None = None
        self.headers: dict[str, Mapping[str, str]] = {}  # of the last answer, by service
        self.tried: dict[str, Outcome] = {}  # by operation
        self.observed: dict[str, bool] = {}  # capability -> whether it was seen to work
        self.log: GatewayLog | None = None
        self.go_lives = 0

    def resolve(self) -> Target:
        """The target of the file, as far as is known what a launch said of it. Raises BadTarget."""
        target = self.file.resolve(self.launched.ready if self.launched else None)
        if not self._patience:
            return target
        return target.model_copy(update={"deadlines": target.deadlines.model_copy(update={"patience": self._patience})})

    def where(self, *path: str | int) -> str:
        """Where a key stands: file and line."""
        return self.file.where(path)

    def blank(self, *path: str | int) -> str:
        """Where below `path` the skeleton was not filled in, or "" when it was."""
        value: Any = self.file.document
        for part in path:
            value = value.get(part, {}) if isinstance(value, dict) else {}
        found = next(_blanks(value, path), None)
        return self.where(*found) if found is not None else ""

    def require_service(self, name: str) -> None:
        """Raises NotReached when the service does not answer."""
        if f"service {name}" not in self.things:
            raise NotReached(f"needs an answer from {name}")

    def went(self, operation: str) -> Went | None:
        """What the operation answered when it was last carried out."""
        outcome = self.tried.get(operation)
        return outcome if isinstance(outcome, Went) else None

    def may_go_live(self, times: int = 1) -> bool:
        """Whether the declared limiter lets the doctor go live that many times more; if so they are counted."""
        allowed = self.target.limits.go_live
        if allowed and self.go_lives + times > allowed:
            return False
        self.go_lives += times
        return True

    @property
    def limited(self) -> str:
        """Why something was not tried when `may_go_live` said no."""
        limits = self.target.limits
        return f"saved: the limiter allows {limits.go_live} Go Lives in {limits.window} s"

    def close(self) -> None:
        """Remove what was made and end what was started, whatever state it is in; one that can't be ended does not keep
        the others from it."""
        with contextlib.ExitStack() as ends:  # the last one is the first to be called
            if self.launched is not None:
                ends.callback(self.launched.stop)
            if hasattr(self, "browsers"):
                ends.callback(self.browsers.close)
            if hasattr(self, "http"):
                ends.callback(self.http.close)
            if self.database is not None:
                ends.callback(self.database.close)
            if hasattr(self, "worker"):
                ends.callback(self.worker.ledger.close)
            if "world" in self.things:
                self.things.discard("world")
                with contextlib.suppress(Exception):  # what stays is in the ledger, for the sweep
                    self.world.close()


def _blanks(value: Any, path: tuple[str | int, ...]) -> Any:
    if isinstance(value, str) and BLANK in value:
        yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _blanks(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _blanks(item, (*path, number))

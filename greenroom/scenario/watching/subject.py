"""What is watched: the parts of a target file that a watch needs, and whether a canary may be sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from greenroom.core.errors import BadTarget, GreenroomError
from greenroom.core.redact import Redactor
from greenroom.isolation.production import refuse_production
from greenroom.record.run_folder import new_run_id
from greenroom.relations.canonical import load_queries
from greenroom.scenario.worker import Worker
from greenroom.targetfile.load import TargetFile
from greenroom.targetfile.model import DatabaseAccess, Logs, Target
from greenroom.targetfile.secrets import TargetSecrets
from greenroom.targetfile.watch import Watch

_SEED = 1


@dataclass
class Subject:
    """A target as a watch knows it. `no_canary` says why none is sent, and is empty where one is."""

    name: str
    folder: Path
    database: DatabaseAccess | None
    elsewhere: Collection[str]
    logs: Logs
    watch: Watch
    secrets: TargetSecrets
    no_canary: str
    _file: TargetFile
    _home: Path
    _worker: Worker | None = None

    @cached_property
    def redactor(self) -> Redactor:
        """What takes its secrets out of what is told."""
        return self.secrets.taught_to(Redactor())

    def worker(self) -> Worker:
        """What a canary needs, opened when it is first asked for. Raises TargetUnavailable when nobody answers: the
        next look tries again."""
        if self._worker is None:
            self._worker = _open(self._file, self._home)
        return self._worker

    def close(self) -> None:
        """End what was opened."""
        if self._worker is not None:
            self._worker.close()


def open_subject(file: TargetFile, *, canary: bool, home: Path) -> Subject:
    """What the file describes. Only a canary needs more of it than `[database]`, `[logs]` and `[watch]`; a target that
    is launched is launched for the watch, and gone with it.

    Raises BadTarget, and GreenroomError where there is nothing to watch.
    """
    why = _no_canary(file) if canary else "--no-canary"
    target = None if why else _whole(file)
    if target is not None:
        why = _not_removable(target) if target.environment != "production" else _PRODUCTION
    if why or target is None:
        return _part(file, why, home)
    worker = _open(file, home) if target.launch is not None else None
    target = worker.target if worker is not None else target
    return Subject(
        name=target.name,
        folder=target.folder,
        database=target.database,
        elsewhere=target.shown_over_http,
        logs=target.logs,
        watch=target.watch,
        secrets=target.secrets,
        no_canary="",
        _file=file,
        _home=home,
        _worker=worker,
    )


_PRODUCTION = "production is only read"


def _whole(file: TargetFile) -> Target:
    """All of the file. Raises BadTarget, which says as well what can do with less."""
    try:
        return file.resolve()
    except BadTarget as error:
        raise BadTarget(error.message, hint=f"{error.hint}; or --no-canary, which needs only [database]") from None


def _part(file: TargetFile, why: str, home: Path) -> Subject:
    part = file.part("database", "logs", "watch")
    if part.launched:
        raise GreenroomError(
            f"{part.called} is launched for each run: without a canary there is nothing to watch",
            hint="name a target that is up, with --target",
        )
    if part.database is None:
        raise GreenroomError(
            f"{part.called} gives no database, and no canary is sent: {why}",
            hint='[database] dsn = "${DATABASE_URL}" in its target.toml',
        )
    return Subject(
        name=part.called,
        folder=part.folder,
        database=part.database,
        elsewhere=part.shown_over_http,
        logs=part.logs,
        watch=part.watch,
        secrets=part.secrets,
        no_canary=why,
        _file=file,
        _home=home,
    )


def _no_canary(file: TargetFile) -> str:
    """Why none is sent, as far as the file says it without its variables."""
    if file.document.get("environment", "production") == "production":
        return _PRODUCTION
    operations = file.document.get("operations")
    if not isinstance(operations, dict) or "go_live" not in operations:
        return "the target file describes no go_live"
    return ""


def _not_removable(target: Target) -> str:
    """Why what a canary makes could not be removed; "" when it can. In a day it would be hundreds of people."""
    if target.people.source == "pool":
        return ""
    writable = target.database is not None and target.database.access == "write"
    arrange = target.folder / "arrange.sql"
    if writable and arrange.is_file() and "remove" in load_queries(arrange):
        return ""
    return "what it makes could not be removed: that takes accounts of a pool, or `remove` in arrange.sql"


def _open(file: TargetFile, home: Path) -> Worker:
    refuse_production(file.resolve())
    return Worker.open(file, new_run_id(), _SEED, home=home, worker_id="watch", browser=False)

"""The run's database, whether on a server of our own or on one that was named."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from reference.database.binaries import find_binaries
from reference.database.cache import DATABASE, Cache
from reference.database.cluster import Cluster
from reference.database.schema import ROLES
from reference.rundir import RunDir
from reference.settings import Database


class Server(Protocol):
    """A database that is being brought up."""

    def wait(self) -> Database:
        """Returns once it answers. Raises StartFailure."""

    def alive(self) -> bool: ...

    def stop(self) -> None: ...


class Embedded:
    """A PostgreSQL of our own on a copy of the cached data folder; started at once, and waited for later."""

    def __init__(self, run_dir: RunDir, cache_dir: Path) -> None:
        binaries = find_binaries()
        binaries.require_reachable(run_dir.path / "data")
        data = run_dir.path / "data"
        Cache(cache_dir, binaries, run_dir.path).copy_to(data)
        self._cluster = Cluster(binaries, data, run_dir.sockets, run_dir.path / "postgres.log")

    def wait(self) -> Database:
        self._cluster.wait(DATABASE)
        parts = {part: self._cluster.address(DATABASE, role) for part, role in ROLES.items()}
        return Database(owner=self._cluster.address(DATABASE), **parts)

    def alive(self) -> bool:
        return self._cluster.alive()

    def stop(self) -> None:
        self._cluster.stop()


def start_server(run_dir: RunDir, cache_dir: Path, database_url: str | None) -> Server:
    """Starts what the run's database is on. Raises StartFailure."""
    if database_url is None:
        return Embedded(run_dir, cache_dir)
    from reference.database.external import External

    return External(database_url)


def prepare(cache_dir: Path) -> None:
    """Fills the cache, so that the first start is as quick as any other. Raises StartFailure."""
    run_dir = RunDir.claim(None)
    try:
        Cache(cache_dir, find_binaries(), run_dir.path).copy_to(run_dir.path / "data")
    finally:
        run_dir.remove()

"""A PostgreSQL server and a hot standby that follows it, both on the embedded programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

import psycopg

from greenroom.core.deadlines import eventually
from greenroom.core.project import ROOT
from reference.cli import CACHE
from reference.database import cluster
from reference.database.binaries import find_binaries
from reference.database.cache import DATABASE, Cache
from reference.database.cluster import Cluster
from reference.rundir import RunDir

CATCH_UP = 20.0
"""Seconds in which the standby has what was committed."""
REPLICATES = {"wal_level": "replica", "max_wal_senders": "4", "synchronous_commit": "local"}


@contextmanager
def primary_and_standby() -> Iterator[tuple[str, str]]:
    """Start both, with the reference's tables. Gives their addresses; both are gone at the end."""
    binaries, run_dir = find_binaries(), RunDir.claim(None)
    with ExitStack() as at_end:
        at_end.callback(run_dir.remove)
        at_end.enter_context(mock.patch.dict(cluster.SETTINGS, REPLICATES))
        data, copy = run_dir.path / "data", run_dir.path / "copy"
        Cache(ROOT / CACHE, binaries, run_dir.path).copy_to(data)
        primary = _started(at_end, Cluster(binaries, data, run_dir.sockets, run_dir.path / "primary.log"))
        copy.mkdir(mode=0o700)
        binaries.give(copy)
        binaries.run(
            "pg_basebackup", f"--pgdata={copy}", f"--host={run_dir.sockets}", f"--username={cluster.SUPERUSER}",
            "--write-recovery-conf", "--checkpoint=fast", "--wal-method=stream", "--no-sync",
        )  # fmt: skip
        sockets = run_dir.path / "s2"
        sockets.mkdir()
        standby = _started(at_end, Cluster(binaries, copy, sockets, run_dir.path / "standby.log"))
        yield primary, standby


def caught_up(primary: str, standby: str) -> None:
    """Return once the standby shows what the primary has committed."""
    with psycopg.connect(primary, autocommit=True) as one, psycopg.connect(standby, autocommit=True) as other:
        written = one.execute("select pg_current_wal_insert_lsn()").fetchone()
        assert written is not None
        shown, _ = eventually(lambda: _has(other, str(written[0])), bool, CATCH_UP)
        assert shown, "the standby does not follow"


def _has(standby: psycopg.Connection, position: str) -> bool:
    row = standby.execute("select pg_last_wal_replay_lsn() >= %s::pg_lsn", [position]).fetchone()
    return row is not None and bool(row[0])


def _started(at_end: ExitStack, server: Cluster) -> str:
    at_end.callback(server.stop)
    server.wait(DATABASE)
    return server.address(DATABASE)

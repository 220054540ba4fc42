"""Data folders that are ready to be copied, so that a start need not run initdb or apply the schema.

Two kinds, each named by what it was made from: `base-*`, fresh from initdb, and `db-*`, a base with the databases in
it. Many starts may share one cache folder: readers hold the lock shared while they copy, a builder works beside it
and moves what it made into place in one step.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reference.database.binaries import MAJOR, Binaries
from reference.database.cluster import Cluster
from reference.database.schema import TEMPLATE, copy_database, fill, fingerprint, make_roles
from reference.failures import StartFailure

KEPT = 12  # `db-*` folders, about 25 MB each; every change of a schema file makes one
DATABASE = "greenroom"

INITDB = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C.UTF-8",
    "--wal-segsize=1",
    "--no-data-checksums",
    "--no-sync",
    "--no-instructions",
)


class Cache:
    """The cache folder `folder`; `scratch` is a folder of this run in which the database's user may work."""

    def __init__(self, folder: Path, binaries: Binaries, scratch: Path) -> None:
        self.folder = folder
        self._binaries = binaries
        self._scratch = scratch
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "lock").touch()
        except OSError as error:
            hint = "choose another with --cache-dir"
            raise StartFailure("cache_dir", f"the cache can't be used: {error}", hint) from error

    def copy_to(self, target: Path) -> None:
        """Makes `target` a data folder with the databases in it, ready to be served."""
        entry = self.folder / f"db-{self._key(fingerprint(), Path(__file__).read_text())}"
        while not self._take(entry, target):
            with self._locked("build.lock", fcntl.LOCK_EX):
                if not entry.exists():
                    self._build_databases(entry)
                self._prune(entry)

    def _take(self, entry: Path, target: Path) -> bool:
        with self._locked("lock", fcntl.LOCK_SH):
            if not entry.exists():
                return False
            os.utime(entry)
            copy_folder(entry, target)
            return True

    def base(self) -> Path:
        """A data folder fresh from initdb. To be called by one process at a time."""
        entry = self.folder / f"base-{self._key(*INITDB)}"
        if not entry.exists():
            data = self._workspace("base")
            self._binaries.run("initdb", f"--pgdata={data}", *INITDB)
            self._keep(data, entry)
        return entry

    def _build_databases(self, entry: Path) -> None:
        data = self._workspace("db")
        data.rmdir()
        copy_folder(self.base(), data)
        sockets = self._workspace("k")
        cluster = Cluster(self._binaries, data, sockets, self._scratch / "build.log")
        try:
            _make_databases(cluster)
        except BaseException:
            cluster.stop()
            raise
        cluster.stop(keep=True)
        self._keep(data, entry)

    def _workspace(self, name: str) -> Path:
        path = self._scratch / name
        path.mkdir()
        self._binaries.give(path)
        return path

    def _keep(self, data: Path, entry: Path) -> None:
        half = self.folder / f"half-{entry.name}"
        shutil.rmtree(half, ignore_errors=True)
        copy_folder(data, half)
        half.rename(entry)
        shutil.rmtree(data)

    def _prune(self, current: Path) -> None:
        """Removes the folders that were not used for longest, unless somebody is copying just now."""
        with suppress(BlockingIOError), self._locked("lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
            entries = sorted(self.folder.glob("db-*"), key=lambda path: path.stat().st_mtime, reverse=True)
            for stale in [entry for entry in entries if entry != current][KEPT - 1 :]:
                shutil.rmtree(stale, ignore_errors=True)

    def _key(self, *parts: str) -> str:
        """The user's id is part of it, as the database refuses data that is another user's."""
        owner = self._binaries.user.pw_uid if self._binaries.user else os.geteuid()
        return hashlib.sha256("\0".join((str(MAJOR), str(owner), *parts)).encode()).hexdigest()[:16]

    @contextmanager
    def _locked(self, name: str, mode: int) -> Iterator[None]:
        handle = os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, mode)
            yield
        finally:
            os.close(handle)


def copy_folder(source: Path, target: Path) -> None:
    """Copies with owners and modes; as clones of the files where the file system can. Raises StartFailure."""
    done = subprocess.run(["cp", "-a", "--reflink=auto", source, target], capture_output=True, text=True, check=False)
    if done.returncode:
        raise StartFailure("cache_dir", f"the database can't be copied: {done.stderr.strip()[-300:]}")


def _make_databases(cluster: Cluster) -> None:
    """The pristine template and a copy to run on; the server's own templates would only be copied for nothing."""
    import psycopg

    cluster.wait("postgres")
    with psycopg.connect(cluster.address("postgres"), autocommit=True) as server:
        make_roles(server)
        copy_database(server, "template0", TEMPLATE)
        with psycopg.connect(cluster.address(TEMPLATE), autocommit=True) as template:
            fill(template)
        copy_database(server, TEMPLATE, DATABASE)
        server.execute("update pg_database set datistemplate = false where datname in ('template0', 'template1')")
        server.execute("drop database template0")
        server.execute("drop database template1")
        server.execute(f"alter database {TEMPLATE} is_template true allow_connections false".encode())
        server.execute("checkpoint")

"""A PostgreSQL server of our own, as a child process that listens on a unix socket only."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from reference.children import die_with_parent
from reference.database.binaries import Binaries
from reference.failures import StartFailure

SUPERUSER = "postgres"

# The data lives as long as the run, so nothing has to survive a crash; no process is started that has nothing to do.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
    "io_method": "sync",
    "huge_pages": "off",
    "max_worker_processes": "0",
    "max_logical_replication_workers": "0",
    "max_parallel_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "dynamic_shared_memory_type": "mmap",
    "deadlock_timeout": "100ms",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}


class Cluster:
    """A running server on the data folder `data`, reached through the folder `sockets`."""

    def __init__(self, binaries: Binaries, data: Path, sockets: Path, log: Path) -> None:
        """Starts it, and does not wait for it."""
        binaries.give(sockets)
        self.sockets = sockets
        self._log = log
        parent = os.getpid()
        settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
        try:
            with log.open("ab") as output:
                self._process = subprocess.Popen(
                    [binaries.folder / "postgres", "-D", data, "-k", sockets, *settings],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    cwd="/",
                    start_new_session=True,
                    preexec_fn=lambda: die_with_parent(signal.SIGQUIT, parent),
                    **binaries.as_user(),
                )
        except OSError as error:
            raise StartFailure("postgres_failed", f"postgres can't be run: {error}") from error

    def address(self, database: str, user: str = SUPERUSER) -> str:
        """The connection string of `database` for `user`."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.sockets), safe='/')}"

    def wait(self, database: str, seconds: float = 15.0) -> None:
        """Returns once `database` answers. Raises StartFailure when the server ends or `seconds` pass."""
        import psycopg

        deadline = time.monotonic() + seconds
        while True:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.address(database)).close()
                return
            if not self.alive():
                raise self._failed("postgres did not start")
            if time.monotonic() > deadline:
                raise self._failed(f"postgres did not answer in {seconds:.0f} s")
            time.sleep(0.005)

    def alive(self) -> bool:
        return self._process.poll() is None

    def stop(self, *, keep: bool = False) -> None:
        """Ends the server. `keep`: write everything down first, as the data folder is wanted afterwards."""
        if self.alive():
            self._process.send_signal(signal.SIGINT if keep else signal.SIGQUIT)
        try:
            self._process.wait(10 if keep else 0.7)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _failed(self, what: str) -> StartFailure:
        lines = self._log.read_text(errors="replace").strip().splitlines()
        return StartFailure("postgres_failed", f"{what}: {lines[-1] if lines else 'it said nothing'}")

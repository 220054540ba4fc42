"""The folder of one run, and the caretaker that empties it: after a normal end, and after a sudden one too."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

# The database is made when the run starts and thrown away when it ends: in memory that is many times as quick.
MEMORY = Path("/dev/shm")
ENOUGH = 512 * 2**20
PATIENCE = 5.0
"""Seconds that the database has to end before it is killed."""
_ASKED_AGAIN = 0.1
"""Seconds after which it is asked to end once more."""


class House:
    """A folder at `path`, with `path/data` for a PostgreSQL server.

    The caretaker is a process that waits for the end of a pipe which only we hold. It ends whenever and however we do;
    so there is one way of tidying up, for a stop, an error and a kill alike. Must be made before any thread is.
    """

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="lantern-", dir=_fastest()))
        reading, self._held = os.pipe()
        self._caretaker = os.fork()
        if self._caretaker == 0:
            try:
                os.close(self._held)
                _take_care(reading, self.path)
            finally:
                os._exit(0)
        os.close(reading)

    def close(self) -> None:
        """Ends the database and removes the folder. Returns when both are gone."""
        os.close(self._held)
        os.waitpid(self._caretaker, 0)


def _fastest() -> Path | None:
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        return None
    free = os.statvfs(MEMORY)
    return MEMORY if free.f_bavail * free.f_frsize >= ENOUGH else None


def _take_care(pipe: int, path: Path) -> None:
    """Waits for the end of `pipe`, then tidies up."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    os.setsid()  # what ends the whole group must not end the one who tidies up after it
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.read(pipe, 1)
    _end_processes(path)
    while path.exists():
        shutil.rmtree(path, ignore_errors=True)


def _end_processes(path: Path) -> None:
    """Ends the server, and waits for it and for whatever else still works in the folder: an initdb whose folder is
    taken from it leaves shared memory behind."""
    import psutil  # here, where the run is over: the caretaker stays small until then

    deadline = time.monotonic() + PATIENCE
    while workers := _working_in(path):
        with contextlib.suppress(OSError, ValueError, IndexError):
            os.kill(int((path / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
        for worker in workers if time.monotonic() > deadline else []:
            with contextlib.suppress(psutil.Error):
                worker.kill()
        psutil.wait_procs(workers, timeout=_ASKED_AGAIN)


def _working_in(path: Path) -> list[psutil.Process]:
    import psutil

    processes = psutil.process_iter(["cmdline"])
    return [one for one in processes if any(str(path) in word for word in one.info["cmdline"] or ())]

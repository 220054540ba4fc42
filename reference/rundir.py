"""The folder of one run: its database, sockets and logs. Gone when the run ends, and swept later if it could not."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reference.failures import StartFailure

# A socket's path may have 107 bytes; PostgreSQL's own name in it is ".s.PGSQL.5432".
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")

# A run's database is copied when the run starts and thrown away when it ends: in memory that is ten times as quick.
MEMORY = Path("/dev/shm")
ENOUGH = 512 * 2**20
"""Free bytes that the memory's file system must have. Containers often give it 64 MB, which would not do."""


class RunDir:
    """A folder that is ours for as long as its lock file is locked by a living process."""

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._lock = lock
        self.sockets = path / "s"
        if len(os.fsencode(self.sockets)) > LONGEST_SOCKET_FOLDER:
            self.sockets = Path(tempfile.mkdtemp(prefix="gr-", dir="/tmp"))
            (path / "sockets").write_text(str(self.sockets))
        else:
            self.sockets.mkdir()

    @classmethod
    def claim(cls, wanted: Path | None) -> RunDir:
        """Makes `wanted`, or a new folder of its own, after removing those of runs that were killed.

        Raises StartFailure when `wanted` is another run's, or holds anything that is not a run's.
        """
        try:
            _sweep_all()
            parent = wanted.parent if wanted else _parents()[0]
            parent.mkdir(mode=0o711, parents=True, exist_ok=True)
            if wanted is None and parent.stat().st_uid != os.geteuid():
                raise PermissionError(f"{parent} is another user's")
            with _exclusive(parent):
                if wanted is None:
                    path = Path(tempfile.mkdtemp(prefix="run-", dir=parent))
                else:
                    _refuse_foreign(wanted)
                    path = wanted
                    path.mkdir(exist_ok=True)
                # The database's own user has to be able to walk through.
                path.chmod(0o711)
                lock = os.open(path / "lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return cls(path, lock)
        except OSError as error:
            hint = "choose another with --run-dir"
            raise StartFailure("run_dir", f"the run's folder can't be made: {error}", hint) from error

    def close_in_child(self) -> None:
        """Lets go of the lock in a forked child, so that the parent alone holds it."""
        os.close(self._lock)

    def remove(self) -> None:
        _remove(self.path)
        os.close(self._lock)


@contextmanager
def _exclusive(parent: Path) -> Iterator[None]:
    """One start at a time looks at the folders below `parent`."""
    folder = os.open(parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _parents() -> list[Path]:
    """The folders that runs' folders are made in, the preferred one first."""
    name = f"greenroom-{os.geteuid()}"
    parents = [Path(tempfile.gettempdir()) / name]
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        free = os.statvfs(MEMORY)
        at = 0 if free.f_bavail * free.f_frsize >= ENOUGH else 1
        parents.insert(at, MEMORY / name)
    return parents


def _sweep_all() -> None:
    for parent in _parents():
        if parent.is_dir() and parent.stat().st_uid == os.geteuid():
            with _exclusive(parent):
                for leftover in parent.iterdir():
                    _sweep(leftover)


def _sweep(path: Path) -> bool:
    """Removes `path` if it was a run's and that run is dead. Whether it is gone."""
    try:
        lock = os.open(path / "lock", os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(path)
        return True
    except OSError:
        return False
    finally:
        os.close(lock)


def _refuse_foreign(wanted: Path) -> None:
    if not wanted.exists() or not any(wanted.iterdir()) or _sweep(wanted):
        return
    kind = "another run is using" if (wanted / "lock").exists() else "there are other files in"
    raise StartFailure("run_dir", f"{kind} {wanted}", "choose an empty folder or none with --run-dir")


def _remove(path: Path) -> None:
    """Removes the folder, its lock file last: what could not be removed yet is still known as a run's."""
    pointer = path / "sockets"
    if pointer.is_file():
        shutil.rmtree(pointer.read_text(), ignore_errors=True)
    for entry in path.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name != "lock":
            entry.unlink(missing_ok=True)
    if [entry.name for entry in path.iterdir()] in ([], ["lock"]):
        shutil.rmtree(path, ignore_errors=True)

"""What a run is about to make on a target, written down before it is made, so that a killed run can be swept up.

One file a worker, below .greenroom/ledger/<target>/. The file is locked while its run lives; a file without a lock
belongs to a run that is dead.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from greenroom.core.errors import GreenroomError


@dataclass(frozen=True)
class Made:
    """What one scenario of a run intended to make: everything of it bears the mark."""

    mark: str
    accounts: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()


@dataclass
class Ledger:
    """The ledger of one worker."""

    path: Path
    _file: IO[str] = field(repr=False)
    _open: set[str] = field(default_factory=set)

    @staticmethod
    def begin(folder: Path, target: str, run: str, worker: str) -> Ledger:
        """A new ledger, locked. Raises GreenroomError when it can't be written: nothing is made without it."""
        path = folder / target / f"{run}{'-' + worker if worker else ''}.jsonl"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("a", encoding="utf-8")
        except OSError as error:
            raise GreenroomError(
                f"the ledger can't be written: {error.strerror}", hint=f"make {path.parent.parent} writable"
            ) from None
        fcntl.flock(file, fcntl.LOCK_EX)
        return Ledger(path, file)

    def intends(self, mark: str) -> None:
        """Something that bears this mark is about to be made."""
        if mark not in self._open:
            self._open.add(mark)
            self._write({"intends": mark})

    def made(self, mark: str, *, account: str = "", room: str = "") -> None:
        """It was made, and this is its id."""
        self._write({"made": mark, "account": account, "room": room})

    def removed(self, mark: str) -> None:
        """Everything that bears this mark is gone."""
        self._open.discard(mark)
        self._write({"removed": mark})

    @property
    def unremoved(self) -> int:
        """Of how many scenarios something may be there still."""
        return len(self._open)

    def close(self) -> None:
        """The run is over. A ledger of which everything was removed is removed itself."""
        if not self._open:
            self.path.unlink(missing_ok=True)
        self._file.close()

    def _write(self, line: dict[str, str]) -> None:
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()


def left_behind(folder: Path, target: str) -> Iterator[tuple[Path, list[Made]]]:
    """The ledgers of dead runs on the target, each with what was intended and not removed. Raises GreenroomError for
    one that can't be read; what is no line of a ledger, as after a loss of power, is passed over."""
    for path in sorted((folder / target).glob("*.jsonl")):
        try:
            opened = path.open(encoding="utf-8", errors="replace")
        except OSError as error:
            raise GreenroomError(
                f"the ledger {path} can't be read: {error.strerror}", hint="is it another user's? Sweep as that one"
            ) from None
        with opened as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue  # its run lives
            yield path, list(_still_there(file))


def _still_there(file: IO[str]) -> Iterator[Made]:
    found: dict[str, dict[str, list[str]]] = {}
    for text in file:
        try:
            line = json.loads(text)
        except (json.JSONDecodeError, RecursionError):
            continue  # the run was killed while it wrote, or the machine lost its power
        if not isinstance(line, dict) or not all(isinstance(value, str) for value in line.values()):
            continue
        if "intends" in line:
            found.setdefault(line["intends"], {"accounts": [], "rooms": []})
        elif "made" in line:
            ids = found.setdefault(line["made"], {"accounts": [], "rooms": []})
            for kind in ("account", "room"):
                ids[f"{kind}s"] += [line[kind]] if line.get(kind) else []
        elif "removed" in line:
            found.pop(line["removed"], None)
    for mark, ids in found.items():
        yield Made(mark, tuple(ids["accounts"]), tuple(ids["rooms"]))

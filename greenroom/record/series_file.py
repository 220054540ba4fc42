"""The one file of a watch: a line a look, on the disk before the next one; whoever writes it has it alone."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError

from greenroom.core import interruption
from greenroom.core.errors import GreenroomError
from greenroom.record.series import Line, Look, WatchBegan, WatchEnded

SERIES = "series.jsonl"
_LOOK = b'{"event":"look","at":"'
"""How the line of a look begins; its moment follows."""
_LINE: TypeAdapter[WatchBegan | Look | WatchEnded] = TypeAdapter(Line)


@dataclass
class Watched:
    """One watch of a series: how it began, its looks, and its end, where it came to one. `resumed` is how other
    processes went on with it."""

    began: WatchBegan
    looks: list[Look] = field(default_factory=list)
    ended: WatchEnded | None = None
    resumed: list[WatchBegan] = field(default_factory=list)
    skipped: int = 0
    """Looks before these that were not read."""


@dataclass
class Series:
    """All watches that a file holds, the oldest first. `cut` is how many bytes of a last line there are that was not
    finished: whoever wrote it was killed."""

    watches: list[Watched] = field(default_factory=list)
    cut: int = 0

    @property
    def unfinished(self) -> Watched | None:
        """The last watch, when it came to no end."""
        last = self.watches[-1] if self.watches else None
        return last if last is not None and last.ended is None else None


def read_series(path: Path, since: str = "") -> Series:
    """What a file holds; of looks before `since`, as a series writes moments, only how many there are, and the last.

    Raises GreenroomError with file and line when it can't be read, or is no series.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        raise GreenroomError(
            f"{path} can't be read: {error.strerror}", hint="name the series.jsonl of a watch", code="no-series"
        ) from None
    return _parsed(path, text, since.encode())


def is_series(given: Path) -> bool:
    """Whether that is the series of a watch: the file, or a folder that holds one and no run."""
    if given.is_dir():
        return (given / SERIES).is_file()
    try:
        with given.open("rb") as file:
            first = file.readline(4096)
    except OSError:
        return False
    return given.name == SERIES or b'"greenroom.series/' in first


def last_watch(given: Path) -> Watched:
    """The last watch of a series, which is named by its file or by the folder that holds it.

    Raises GreenroomError when it can't be read, or holds none.
    """
    file = given / SERIES if given.is_dir() else given
    watches = read_series(file).watches
    if not watches:
        raise GreenroomError(f"{file} has no watch", hint="it is made by greenroom monitor", code="no-series")
    return watches[-1]


class SeriesWriter:
    """Appends lines to a series, which nobody else writes to meanwhile."""

    def __init__(self, path: Path, file: IO[bytes], series: Series) -> None:
        self.path, self.series, self._file = path, series, file

    def append(self, line: WatchBegan | Look | WatchEnded) -> None:
        """Write a line; it is on the disk when this returns. Raises GreenroomError when it can't be written, and leaves
        none of it behind."""
        text = line.model_dump_json(by_alias=True, exclude_defaults=True).encode() + b"\n"
        file = self._file.fileno()
        with interruption.held_back():
            size = os.fstat(file).st_size
            try:
                while text:
                    text = text[os.write(file, text) :]
                os.fsync(file)
            except OSError as error:
                with contextlib.suppress(OSError):
                    os.ftruncate(file, size)
                raise _cannot_write(self.path, error) from None


@contextlib.contextmanager
def writing(path: Path, target: str, since: str = "") -> Iterator[SeriesWriter]:
    """The series in the file, to go on with; it is made where there is none. What a killed process left of a line is
    taken out. `since` is that of `read_series`.

    Raises GreenroomError when it can't be written, when somebody else does (code "in-use"), or when it is the series of
    another target.
    """
    try:
        fresh = not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab", buffering=0)
        if fresh:
            _on_disk(path.parent)
    except OSError as error:
        raise _cannot_write(path, error) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise GreenroomError(
                f"{path} is being written by another watch: this one did not look",
                hint="wait until it is over, or name another file with --series",
                code="in-use",
            ) from None
        series = read_series(path, since)
        others = {watch.began.target for watch in series.watches} - {target}
        if others:
            raise GreenroomError(
                f"{path} is the series of {others.pop()}, not of {target}", hint="name another with --series"
            )
        if series.cut:
            os.ftruncate(file.fileno(), path.stat().st_size - series.cut)
        yield SeriesWriter(path, file, series)


def _parsed(path: Path, text: bytes, since: bytes) -> Series:
    whole, _, rest = text.rpartition(b"\n")
    found = Series(cut=len(rest))
    lines = whole.split(b"\n") if whole else []
    last = max((number for number, line in enumerate(lines, 1) if line.startswith(_LOOK)), default=0) if since else 0
    for number, line in enumerate(lines, 1):
        try:
            if since and number != last and line.startswith(_LOOK) and line[len(_LOOK) :][: len(since)] < since:
                found.watches[-1].skipped += 1
            else:
                _add(found, _LINE.validate_json(line))
        except (ValidationError, LookupError) as error:
            why = error.errors()[0]["msg"] if isinstance(error, ValidationError) else "it is before any beginning"
            raise GreenroomError(
                f"{path}:{number}: no line of a series ({why})",
                hint="the file was edited or damaged: move it away, or delete that line",
                code="bad-series",
            ) from None
    return found


def _add(series: Series, line: WatchBegan | Look | WatchEnded) -> None:
    match line:
        case WatchBegan(continues=True) if series.unfinished is not None:
            series.watches[-1].resumed.append(line)
        case WatchBegan():
            series.watches.append(Watched(line))
        case Look():
            series.watches[-1].looks.append(line)
        case WatchEnded():
            series.watches[-1].ended = line


def _on_disk(folder: Path) -> None:
    """A new file is there after a power cut only once its folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cannot_write(path: Path, error: OSError) -> GreenroomError:
    return GreenroomError(
        f"{path} can't be written: {error.strerror}",
        hint="is the folder writable, and is there room on the disk?",
        code="cannot-write",
    )

"""Writes the record of a run: one event, one line, on disk as soon as it happened."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from greenroom.core.errors import GreenroomError
from greenroom.record.events import Event, Header

_SPACE = 4 * 2**20
"""Bytes that the reports of a run of some length take."""


def check_writable(folder: Path, *, leave: bool = True) -> None:
    """Make the folder of a run, and see that reports can be written there: rights, and room on the disk. The folder is
    left, unless nothing is to be made yet.

    Raises GreenroomError (code "cannot-write") otherwise, and leaves nothing behind then.
    """
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    probe = folder / ".probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with probe.open("wb") as file:
            _reserve(file.fileno(), _SPACE)
        probe.unlink()
    except OSError as trouble:
        for undo in (probe.unlink, *(one.rmdir for one in made)):
            with suppress(OSError):
                undo()
        raise GreenroomError(
            f"reports can't be written to {folder.parent} ({trouble.strerror or trouble})",
            hint=f"make it a writable folder with {_SPACE >> 20} MB of room, or name another with --reports",
            code="cannot-write",
        ) from None
    for one in () if leave else made:
        with suppress(OSError):  # another run has begun to use it meanwhile
            one.rmdir()


def _reserve(file: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):  # an empty file fits on a full disk, too
        os.posix_fallocate(file, 0, size)


class RecordWriter:
    """Appends events to a `record.jsonl`, so that a run that is killed leaves all it knew until then.

    Makes the folder and an empty file at once, so that a place that can't be written is known before the run and
    not after it. Use it as a context manager, or call `close`. Safe to call from several threads.

    Raises GreenroomError (code "cannot-write") when the folder or the file can't be made, when a line can't be
    written, and when a header is written to a file that already holds a run.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("ab")
        except OSError as trouble:
            raise _cannot_write(path, trouble) from trouble

    def write(self, event: Event) -> None:
        """Append `event` as one JSON line and flush it."""
        line = event.model_dump_json(by_alias=True).encode() + b"\n"
        with self._lock:
            if self._file.closed:
                raise GreenroomError(
                    f"{self.path}: the record is closed, {event.event!r} came too late", code="cannot-write"
                )
            if isinstance(event, Header) and self._file.tell() > 0:
                raise GreenroomError(
                    f"{self.path} already holds a run", hint="give each run a folder of its own", code="cannot-write"
                )
            try:
                self._file.write(line)
                self._file.flush()
            except OSError as trouble:
                raise _cannot_write(self.path, trouble) from trouble

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        with self._lock:
            try:
                self._file.close()
            except OSError as trouble:
                raise _cannot_write(self.path, trouble) from trouble

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, it: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _cannot_write(path: Path, trouble: OSError) -> GreenroomError:
    why = trouble.strerror or str(trouble)
    return GreenroomError(
        f"{path}: the record of the run can't be written ({why})",
        hint="is the folder there and writable, and is there room on the disk?",
        code="cannot-write",
    )

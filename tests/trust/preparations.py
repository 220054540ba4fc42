"""What is done in the run's own process before the command begins: its clock, its limits, its streams, its folder."""

from __future__ import annotations

import datetime as dt
import io
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.support.forked_command import become_command

NOWHERE = Path("/proc/self/cwd")
"""The working folder of whoever asks, also where it has been removed."""


def begin(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    streams: tuple[Path, Path],
    preparation: str,
    parameter: str,
) -> None:
    """All that a fork does: the preparation, if any, then the command. Raises SystemExit with the exit code."""
    if preparation:
        PREPARATIONS[preparation](parameter)
    become_command(arguments, folder, environment, *streams)


def _clock(seconds: str) -> None:
    import time_machine

    time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=float(seconds)), tick=True).start()


def _file_size(most: str) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))


def _open_files(most: str) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (int(most), int(most)))


def _encoding(name: str) -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=name)


def _no_folder(_: str) -> None:
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    Path(folder).rmdir()


PREPARATIONS: Mapping[str, Callable[[str], None]] = {
    "has a clock that is off by": _clock,
    "lets no file grow over so many bytes": _file_size,
    "may open so many files": _open_files,
    "writes in": _encoding,
    "has lost its working folder": _no_folder,
}
"""By the deed's name."""

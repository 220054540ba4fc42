"""A log file that goes on being written: what is new in it since the last time, over restarts and rotations."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from greenroom.core.errors import TargetUnavailable

_MOST = 64 << 20
"""Bytes that are read at once; of more only the last are."""
COMMAND_SECONDS = 30.0
"""The longest time that a command may take to print the log."""


@dataclass(frozen=True)
class Fresh:
    """What is new, in whole lines, and the position to go on from."""

    text: str
    position: str


def fresh_lines(path: Path, position: str) -> Fresh:
    """What was written since `position`; "" is the first time, and nothing is new then.

    A file that is another one by now, or shorter, is read from its beginning: it was rotated. Raises TargetUnavailable
    when it can't be read.
    """
    try:
        with path.open("rb") as file:
            there = os.fstat(file.fileno())
            if not position:
                return Fresh("", f"{there.st_ino}:{there.st_size}")
            inode, offset = map(int, position.split(":"))
            start = offset if inode == there.st_ino and offset <= there.st_size else 0
            file.seek(max(start, there.st_size - _MOST))
            begun = file.tell()
            data = file.read(there.st_size - begun)
    except (OSError, ValueError) as error:
        raise TargetUnavailable(
            "gateway-log", f"the gateway's log can't be read: {getattr(error, 'strerror', None) or error}"
        ) from None
    whole = data[: data.rfind(b"\n") + 1]
    return Fresh(whole.decode("utf-8", "replace"), f"{there.st_ino}:{begun + len(whole)}")


def printed(command: Sequence[str]) -> str:
    """The log that a command prints. Raises TargetUnavailable when it can't be started, fails, or takes too long."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=COMMAND_SECONDS, check=True
        )
    except subprocess.TimeoutExpired:
        why = f"took more than {COMMAND_SECONDS:g} s"
    except subprocess.CalledProcessError as error:
        why = f"failed with exit {error.returncode}"
    except OSError as error:
        why = f"can't be run: {error.strerror}"
    else:
        return done.stdout.decode("utf-8", "replace")
    raise TargetUnavailable("gateway-log", f"the command that prints the gateway's log {why}")

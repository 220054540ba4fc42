"""The browser's processes: ended from outside, where the browser itself answers nobody any more."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from pathlib import Path

_PROCESSES = Path("/proc")
_DRIVER = b"/playwright/driver/"


def ended_after(seconds: float) -> threading.Timer:
    """End the browsers of this process after so many seconds, unless what is returned is cancelled: whoever waits for
    them gets Playwright's error then, and waits no more."""
    timer = threading.Timer(seconds, end_browsers)
    timer.daemon = True
    timer.start()
    return timer


def end_browsers() -> None:
    """End all that Playwright's driver, a child of this process, has started; a process that stands still ends as well.

    Only where processes show in /proc: elsewhere none is found.
    """
    children = _children()
    for driver in children.get(os.getpid(), []):
        if _DRIVER in _command(driver):
            waiting = list(children.get(driver, []))
            while waiting:
                pid = waiting.pop()
                waiting += children.get(pid, [])
                with suppress(OSError):
                    os.kill(pid, signal.SIGKILL)


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for folder in _PROCESSES.glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            after_name = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            found.setdefault(int(after_name[1]), []).append(int(folder.name))
    return found


def _command(pid: int) -> bytes:
    with suppress(OSError):
        return (_PROCESSES / str(pid) / "cmdline").read_bytes()
    return b""

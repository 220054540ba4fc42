"""Ctrl-C, and the signals by which others end a run: the first one interrupts, and then everything is put away.

Whatever comes while things are put away changes nothing, so that nothing of ours is left behind; only who still wants
an end after a while gets one at once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

EXIT = 3
"""The exit code of what was interrupted: `greenroom.core.verdict.Exit.ERROR`, which is not imported this early."""
_PATIENCE = 15.0
"""Seconds that putting away may take before another signal ends the process at once."""
_WORDS = {"SIGINT": "interrupted", "SIGTERM": "interrupted by SIGTERM", "SIGHUP": "interrupted by SIGHUP"}

_nothing_begun = False
_said = ""  # what the first signal came to, in words
_since = 0.0
_held_back = 0  # how many blocks must not be interrupted
_due = False  # it was said, and nobody has taken note of it yet


def watch(*, nothing_begun: bool = False) -> None:
    """Handle them from now on. One that is ignored already, as by nohup or in the background, stays ignored.

    With `nothing_begun` the process ends at once, in a word: there is nothing yet that anybody would have to end.
    """
    global _nothing_begun
    _nothing_begun = nothing_begun
    if threading.current_thread() is not threading.main_thread():
        return  # Python lets only that one handle signals
    for name in _WORDS:
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _on_signal)


def begin() -> None:
    """A command begins, to which nothing has been said yet: another may have ended in this process before."""
    global _said, _held_back, _due
    _said, _held_back, _due = "", 0, False
    watch()


def said() -> str:
    """What the first of them came to, in words; "" when there was none."""
    return _said


def noted() -> None:
    """The interruption has arrived where the end begins."""
    global _due
    _due = False


def check() -> None:
    """Raises KeyboardInterrupt when there was a signal that nobody has taken note of: what it interrupted swallowed it,
    as a callback does."""
    if _due and not _held_back:
        raise KeyboardInterrupt


def let_finish() -> None:
    """From now on nothing interrupts this process: it is about to end by itself."""
    global _held_back
    _held_back += 1


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """Nothing interrupts this block: a signal that comes in its course raises KeyboardInterrupt at its end."""
    global _held_back
    _held_back += 1
    try:
        yield
    finally:
        _held_back -= 1
    check()


def _on_signal(number: int, frame: FrameType | None) -> None:
    global _said, _since, _due
    if not _said:
        _said, _since, _due = _WORDS[signal.Signals(number).name], time.monotonic(), True
        if _nothing_begun:
            with contextlib.suppress(OSError):
                os.write(2, f"{_said}\n".encode())
            end_at_once()
        if not _held_back:
            raise KeyboardInterrupt
    elif time.monotonic() - _since > _PATIENCE:
        end_at_once()


def end_at_once(code: int = EXIT) -> NoReturn:
    """End this process, with what it has said, and without Python's own farewells, which would show a traceback of
    whatever was interrupted."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError, RuntimeError):
            stream.flush()
    os._exit(code)

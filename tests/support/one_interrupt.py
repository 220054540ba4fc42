"""Ctrl-C and SIGTERM for the project's long-running commands: the first ends them, and tidying up is left alone."""

from __future__ import annotations

import signal
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def interrupt_once() -> None:
    """From now on the first of the two signals raises KeyboardInterrupt, and any later one is ignored."""
    for one in _SIGNALS:
        signal.signal(one, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    for one in _SIGNALS:
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt

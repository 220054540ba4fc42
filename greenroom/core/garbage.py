"""When Python's garbage collector rests: while modules are imported, and over what they left.

An import makes many objects and no garbage. The collector would look through all of them again and again: a fifth of
the start-up, and as much again at the end.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_paused_here = False


def pause() -> None:
    """Imports follow. Nothing happens where the collector is off already."""
    global _paused_here
    if gc.isenabled():
        gc.disable()
        _paused_here = True


def resume() -> None:
    """Imports are over: what there is now is here to stay, and only what comes is looked through. Nothing happens where
    nobody paused: a collector that somebody else switched off stays off."""
    global _paused_here
    if _paused_here:
        gc.freeze()
        gc.enable()
        _paused_here = False


@contextmanager
def paused() -> Iterator[None]:
    """For imports that are made inside."""
    pause()
    try:
        yield
    finally:
        resume()

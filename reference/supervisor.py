"""Runs a stack until it is told to stop: by a signal, by the end of its standard input, or by a part that died."""

from __future__ import annotations

import json
import os
import selectors
import signal
import sys
import traceback
from collections.abc import Callable
from types import FrameType
from typing import Any

from reference.failures import StartFailure
from reference.settings import Options
from reference.stack import Stack

FAILED = 3
PART_DIED = 4
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_WATCH = 0.2
"""Seconds between two looks at whether the parts are alive."""


class Stopped(BaseException):
    """A signal asked to stop."""


def up(options: Options) -> int:
    """Serves, and returns the exit code. Prints one JSON line when all parts answer, or when they can't."""
    stack = Stack(options)
    for number in _SIGNALS:
        signal.signal(number, _stop)
    try:
        say({"ready": True, **stack.start()})
        return _serve(stack, options)
    except (Stopped, BrokenPipeError):
        return 0
    except StartFailure as failure:
        say({"ready": False, "error": failure.code, "message": failure.message, "hint": failure.hint})
        _debug()
        return FAILED
    except Exception as error:
        message = f"{type(error).__name__}: {error}"
        say({"ready": False, "error": "internal", "message": message, "hint": "GREENROOM_DEBUG=1 shows where"})
        _debug()
        return FAILED
    finally:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        stack.close()


def say(line: dict[str, Any]) -> None:
    """One JSON line on standard output."""
    print(json.dumps(line), flush=True)


def _serve(stack: Stack, options: Options) -> int:
    commands: dict[str, Callable[[], None]] = {
        "stop gateway": stack.stop_gateway,
        "start gateway": stack.start_gateway,
        "restart gateway": stack.restart_gateway,
    }
    unread = b""
    with selectors.SelectSelector() as selector:  # it takes files too
        if options.stdin:
            selector.register(0, selectors.EVENT_READ)
        while (dead := stack.dead_part()) is None:
            for _ in selector.select(_WATCH):
                data = os.read(0, 4096)
                if not data:
                    return 0
                *lines, unread = (unread + data).split(b"\n")
                for line in lines:
                    _obey(line.decode(errors="replace").strip(), commands)
    print(f"the {dead} ended by itself", file=sys.stderr)
    return PART_DIED


def _obey(line: str, commands: dict[str, Callable[[], None]]) -> None:
    if not line:
        return
    if line not in commands:
        say({"error": "unknown_command", "message": f"{line!r} is none of: {', '.join(commands)}"})
        return
    try:
        commands[line]()
        say({"done": line})
    except StartFailure as failure:
        say({"error": failure.code, "message": failure.message})


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _debug() -> None:
    if os.environ.get("GREENROOM_DEBUG") == "1":
        traceback.print_exc()

"""Serves Lantern: one JSON line when it is ready or can't be, then requests until standard input ends."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from types import FrameType

from tests.lantern.house import House

FAILED = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0 served and stopped, 3 could not start."""
    parser = argparse.ArgumentParser(prog="python -m tests.lantern", description=__doc__)
    parser.add_argument("--port", type=int, default=0, metavar="N", help="on loopback; 0: any free port")
    port = parser.parse_args(arguments).port
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    house = House()  # first of all, as it forks
    try:
        from tests.lantern.serving import Server

        server = Server(house.path, port)
        threading.Thread(target=_wait_for_end, args=(server.stop,), daemon=True).start()
        server.run(lambda ready: _say({"ready": True, **ready}))
        return 0
    except (SystemExit, BrokenPipeError):
        return 0
    except Exception as error:
        _say({"ready": False, "error": "start-failed", "message": f"{type(error).__name__}: {error}", "hint": ""})
        return FAILED
    finally:
        house.close()


def _wait_for_end(stop: Callable[[], None]) -> None:
    while os.read(0, 4096):
        pass
    stop()


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit


def _say(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    sys.exit(main())

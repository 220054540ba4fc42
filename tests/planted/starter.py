"""`python -m tests.planted.starter DESCRIPTOR`: starts copies of the reference, in half the time that Python takes.

Most of a start is the import of the packages that the reference is built on. This process imports them once, and no
part of the reference itself. `start_reference.py`, run in the place of `python -m reference`, connects to the socket
behind the descriptor and sends its standard streams and its folder; a fork takes them over, and imports and runs the
reference of that folder. So two copies have nothing in common but those packages, which no bug is planted in.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import selectors
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import NoReturn

PACKAGES = (
    *("jwt", "psycopg.types.json", "psycopg_pool", "pydantic", "starlette.applications", "starlette.middleware.cors"),
    *("uvicorn", "uvicorn.protocols.http.httptools_impl", "uvloop"),
)
"""What the reference imports. One that is missing here costs time, and nothing else."""
STREAMS = 3


@dataclass(frozen=True, slots=True)
class Started:
    """A running reference: the connection of who asked for it, and its process."""

    asker: socket.socket
    pid: int
    end: int  # a descriptor that can be read once the process has ended


class Starter:
    """Serves on a socket until its own standard input ends, and then ends what it started."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._selector = selectors.DefaultSelector()
        self._running: set[Started] = set()

    def serve(self) -> None:
        """Returns once standard input has ended."""
        self._selector.register(sys.stdin.fileno(), selectors.EVENT_READ, None)
        self._selector.register(self._listener, selectors.EVENT_READ, None)
        while True:
            for key, _ in self._selector.select():
                if key.data is not None and key.data not in self._running:
                    continue  # it ended a moment ago
                if key.fd == self._listener.fileno():
                    self._start()
                elif key.fd == sys.stdin.fileno():
                    self._kill(*self._running)
                    return
                elif key.fd == key.data.end:
                    self._ended(key.data)
                else:  # nobody asks any more: as if `python -m reference` had been killed
                    self._selector.unregister(key.data.asker)
                    self._kill(key.data)

    def _start(self) -> None:
        asker, _ = self._listener.accept()
        said, streams, _, _ = socket.recv_fds(asker, 65536, STREAMS)
        while not said.endswith(b"\n"):
            said += asker.recv(65536)
        pid = os.fork()
        if not pid:
            self._selector.close()
            for held in (self._listener, asker, *(other.asker for other in self._running)):
                held.close()
            _become_reference(streams, **json.loads(said))
        for stream in streams:
            os.close(stream)
        started = Started(asker, pid, os.pidfd_open(pid))
        self._running.add(started)
        self._selector.register(asker, selectors.EVENT_READ, started)
        self._selector.register(started.end, selectors.EVENT_READ, started)

    def _ended(self, started: Started) -> None:
        code = os.waitstatus_to_exitcode(os.waitpid(started.pid, 0)[1])
        self._running.discard(started)
        self._selector.unregister(started.end)
        os.close(started.end)
        with suppress(KeyError):
            self._selector.unregister(started.asker)
        with suppress(OSError), started.asker:
            started.asker.sendall(b"%d\n" % code)

    def _kill(self, *running: Started) -> None:
        for started in running:
            os.kill(started.pid, signal.SIGKILL)


def _become_reference(streams: list[int], folder: str, arguments: list[str], environment: dict[str, str]) -> NoReturn:
    """In the fork: what `python -m reference` does."""
    code: object = 1
    try:
        os.setsid()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["reference", *arguments]
        sys.path[0] = folder
        runpy.run_module("reference", run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = end.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else bool(code))


def main() -> None:
    """Whoever connects before all is imported waits for it."""
    starter = Starter(socket.socket(fileno=int(sys.argv[1])))
    for package in PACKAGES:
        with suppress(ImportError):
            import_module(package)
    gc.collect()
    gc.freeze()
    starter.serve()


if __name__ == "__main__":
    main()

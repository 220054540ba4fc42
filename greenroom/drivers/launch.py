"""Starts an embedded target and owns it: the target ends when its standard input is closed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Self

from greenroom.core.deadlines import eventually
from greenroom.core.errors import GreenroomError, TargetUnavailable
from greenroom.core.project import of_launched
from greenroom.drivers.startup_words import lines_around, telling_line
from greenroom.targetfile.interpolate import interpolate
from greenroom.targetfile.model import Launch

_STOP_SECONDS = 5.0
_LINES_KEPT = 40


class LaunchedTarget:
    """A running embedded target.

    `ready` holds what it said when it was ready: addresses and secrets that `${launch.*}` in its file refers to.
    """

    def __init__(self, launch: Launch, folder: Path, seconds: float) -> None:
        """Begin starting it; `wait_ready` waits. Raises GreenroomError when the command can't be started."""
        directory = (folder / launch.directory).resolve()
        self._launch, self._seconds = launch, seconds
        self._lines: Queue[str | None] = Queue()
        self._ports = {f"port.{name}": str(_free_port()) for name in launch.ports}
        self.ready: dict[str, str] = {}
        given = {f"launch.{name}": port for name, port in self._ports.items()}
        try:
            self._process = subprocess.Popen(
                interpolate(launch.command, given.get),
                cwd=directory,
                env={**os.environ, **of_launched(), **interpolate(launch.environment, given.get)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,  # Ctrl-C is ours to handle: the target ends when we close its standard input
            )
        except OSError as error:
            raise GreenroomError(
                f"the target could not be launched: {launch.command[0]}: {error.strerror or error}",
                hint=f"[launch] command and directory ({directory.name}) in its target.toml",
                code="launch-failed",
            ) from None
        self._complaints: deque[str] = deque(maxlen=_LINES_KEPT)
        self._heard: deque[str] = deque(maxlen=_LINES_KEPT)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        for reader in (self._reader, self._listener):
            reader.start()

    def wait_ready(self) -> Self:
        """Wait for the ready line, or until all ports are listened at. Raises GreenroomError when it says that it can't
        or ends, TargetUnavailable when late."""
        if self._launch.ready == "ports":
            return self._wait_for_ports()
        answer = self._next(self._seconds)
        if answer is None:
            self.stop()
            raise TargetUnavailable(
                "launch",
                f"the embedded target was not ready within {self._seconds:g} s",
                hint=lines_around(self._said()),
            )
        if not answer.get("ready"):
            self.stop()
            raise self._failed(answer)
        self.ready = self._ports | {key: str(value) for key, value in answer.items()}
        return self

    def _wait_for_ports(self) -> Self:
        listens, _ = eventually(lambda: all(map(_is_open, self._ports.values())) or not self.alive, bool, self._seconds)
        if self.alive and listens:
            self.ready = dict(self._ports)
            return self
        ended = not self.alive
        self.stop()
        if ended:
            raise self._failed({})
        raise TargetUnavailable(
            "launch",
            f"the embedded target did not listen at its ports within {self._seconds:g} s",
            hint=lines_around(self._said()),
        )

    def control(self, name: str, seconds: float) -> None:
        """Carry out the control called `name` ("restart-gateway") and wait until the target says that it is done."""
        line = self._launch.controls[name]
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except OSError:
            raise TargetUnavailable("launch", f"the embedded target is gone; it can't {line}") from None
        answer = self._next(seconds)
        if answer is None or answer.get("done") != line:
            raise TargetUnavailable("launch", f"the embedded target did not {line} within {seconds:g} s")

    @property
    def alive(self) -> bool:
        """Whether its process is still running."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the target and everything it started."""
        with contextlib.suppress(OSError):
            assert self._process.stdin is not None
            self._process.stdin.close()
        if self._launch.ready == "ports":  # a server as people have them, which does not look at its standard input
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._heard.append(line.rstrip())
            if self._launch.ready == "line":
                self._lines.put(line)
        self._lines.put(None)

    def _listen(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._complaints.append(line.rstrip())

    def _next(self, seconds: float) -> dict[str, Any] | None:
        """The next JSON line it prints; an empty answer when it ended, None when time ran out meanwhile."""
        ends = time.monotonic() + seconds
        while True:
            try:
                line = self._lines.get(timeout=max(ends - time.monotonic(), 0))
            except Empty:
                return None
            if line is None:
                return {}
            with contextlib.suppress(ValueError, RecursionError):
                answer = json.loads(line)
                if isinstance(answer, dict):
                    return answer

    def _failed(self, answer: Mapping[str, Any]) -> GreenroomError:
        """It ended before it was ready: what it said itself of that (`answer`), or how its last lines tell it."""
        said = self._said()
        why = str(answer.get("message") or telling_line(said) or f"it said nothing, and {self._how_it_ended()}")
        hint = str(answer.get("hint") or "") if answer.get("message") else lines_around(said)
        return GreenroomError(
            f"the target could not start: {why}", hint=hint, code=str(answer.get("error") or "launch-failed")
        )

    def _how_it_ended(self) -> str:
        code = self._process.returncode
        if code is None:
            return "is ending"
        return f"ended with the exit code {code}" if code >= 0 else f"was ended by {signal.Signals(-code).name}"

    def _said(self) -> list[str]:
        """The last lines of its standard error; of its standard output, where it writes its log there."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        for reader in (self._listener, self._reader):
            reader.join(1.0)  # what it said last may still be on its way to us
        return list(self._complaints) if any(map(str.strip, self._complaints)) else list(self._heard)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_open(port: str) -> bool:
    try:
        socket.create_connection(("127.0.0.1", int(port)), timeout=1).close()
    except OSError:
        return False
    return True

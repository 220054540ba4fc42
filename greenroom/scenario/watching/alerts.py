"""Somebody else's command is told of alarms: a JSON on its standard input. Whatever it does, the watch goes on."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Callable

from greenroom.core.errors import GreenroomError

ALERT_SECONDS = 30.0
"""The longest time that a command may take; it is ended then."""


class AlertCommand:
    """A command that is called for every alarm, and for the end of one. It runs beside the watch."""

    def __init__(self, command: str, complain: Callable[[str], object], *, seconds: float = ALERT_SECONDS) -> None:
        """`complain` is told, from a thread of its own, what did not work. Raises GreenroomError for a command that
        can't be read."""
        try:
            self._command = shlex.split(command)
        except ValueError as error:
            raise GreenroomError(
                f"--on-alert {command!r} can't be read: {error}", hint="quote it as in a shell", code="usage"
            ) from None
        if not self._command:
            raise GreenroomError("--on-alert names no command", hint="for example --on-alert ./tell-us", code="usage")
        self._complain, self._seconds = complain, seconds
        self._running: list[threading.Thread] = []

    def tell(self, text: str) -> None:
        """Start it, with this text on its standard input."""
        self._running = [one for one in self._running if one.is_alive()]
        thread = threading.Thread(target=self._run, args=(text,), name="alert", daemon=True)
        self._running.append(thread)
        thread.start()

    def close(self) -> None:
        """Wait for those that still run, each as long as it may take."""
        until = time.monotonic() + self._seconds + 1
        for thread in self._running:
            thread.join(max(until - time.monotonic(), 0))

    def _run(self, text: str) -> None:
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            self._complain(f"--on-alert can't be run: {self._command[0]}: {error.strerror}")
            return
        try:
            _, said = process.communicate(text.encode(), self._seconds)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self._complain(f"--on-alert took more than {self._seconds:g} s, and was ended: {self._command[0]}")
            return
        if process.returncode:
            last = said.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it said nothing"]
            self._complain(f"--on-alert failed with exit {process.returncode}: {last[0][:200]}")

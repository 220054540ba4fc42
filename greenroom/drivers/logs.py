"""The documented lines, in their documented order, in what the gateway and the page log (O2)."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from greenroom.core.errors import NotApplicable, TargetUnavailable
from greenroom.targetfile.model import Logs

_COMMAND_SECONDS = 10.0


class GatewayLog:
    """The gateway's log from a moment on."""

    def __init__(self, logs: Logs, folder: Path) -> None:
        """Raises NotApplicable when the target says neither a file nor a command."""
        if not logs.gateway_file and not logs.gateway_command:
            raise NotApplicable("gateway-log", "the target names neither a log file nor a command that prints it")
        self._logs, self._folder = logs, folder
        self._seen = len(self._read())

    def fresh(self) -> str:
        """What was logged since this was made. Raises TargetUnavailable when it can't be read."""
        return self._read()[self._seen :]

    def _read(self) -> str:
        if self._logs.gateway_file:
            try:
                return (self._folder / self._logs.gateway_file).read_text(encoding="utf-8", errors="replace")
            except OSError as error:
                raise TargetUnavailable("gateway-log", f"the gateway's log can't be read: {error.strerror}") from None
        try:
            done = subprocess.run(
                self._logs.gateway_command, capture_output=True, text=True, timeout=_COMMAND_SECONDS, check=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise TargetUnavailable(
                "gateway-log", f"the command that prints the gateway's log failed: {error}"
            ) from None
        return done.stdout


def about_session(pattern: str, session_id: str) -> str:
    """The pattern with the session's id where it says {session}. The number 1 is no part of the number 12."""
    before = r"(?<!\d)" if session_id[:1].isdigit() else ""
    after = r"(?!\d)" if session_id[-1:].isdigit() else ""
    return pattern.replace("{session}", f"{before}{re.escape(session_id)}{after}")


def in_order(lines: str, patterns: Sequence[str]) -> str:
    """The first pattern that is not found after those before it, or "" when all are there in order. `^` and `$` are
    the ends of a line."""
    position = 0
    for pattern in patterns:
        match = re.compile(pattern, re.MULTILINE).search(lines, position)
        if match is None:
            return pattern
        position = match.end()
    return ""

"""The Go Lives and conflicts that the gateway's log has had since the look before."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from greenroom.claims.logs.lines import LineReader, Seen
from greenroom.claims.logs.patterns import Kind
from greenroom.claims.watching.rows import ROWS
from greenroom.core.errors import Inconclusive
from greenroom.drivers.log_follower import fresh_lines, printed
from greenroom.drivers.log_stream import Piece
from greenroom.record.series import LogSeen
from greenroom.targetfile.model import Logs

_LONGEST = 300
"""Letters of a line that are kept."""


class GoLiveLog:
    """The log that `[logs]` names: a file that grows, or what a command prints."""

    def __init__(self, logs: Logs, folder: Path) -> None:
        self._logs, self._folder = logs, folder
        self._reader = LineReader(logs)

    @staticmethod
    def is_named(logs: Logs) -> bool:
        """Whether `[logs]` names one."""
        return bool(logs.gateway_file or logs.gateway_command)

    def look(self, position: str) -> LogSeen:
        """What is new since `position`, "" the first time; what can't be read is left to the next look."""
        try:
            return self._in_file(position) if self._logs.gateway_file else self._of_command(position)
        except Inconclusive as unclear:
            return LogSeen(position=position, could_not_tell=unclear.message)

    def _in_file(self, position: str) -> LogSeen:
        fresh = fresh_lines(self._folder / self._logs.gateway_file, position)
        return _counted(self._reader.seen_in(Piece(self._logs.gateway_file, 1, fresh.text, 0)), fresh.position)

    def _of_command(self, position: str) -> LogSeen:
        """Lines without a time can't be told from those of the time before, and are not counted."""
        command = self._logs.gateway_command
        seen = self._reader.seen_in(Piece(f"({command[0]})", 1, printed(command), 0))
        times = [line.time for line in seen if line.time is not None]
        latest = str(max(times, default=0.0))
        if not position:
            return LogSeen(position=latest)
        since = float(position)
        fresh = [line for line in seen if line.time is not None and line.time > since]
        return _counted(fresh, max(position, latest, key=float))


def _counted(lines: list[Seen], position: str) -> LogSeen:
    kinds = Counter(line.kind for line in lines)
    kind: Kind = "conflict_answered" if kinds["conflict_answered"] else "conflict_noticed"
    return LogSeen(
        go_lives=kinds["session_created"] + kinds[kind],
        conflicts=kinds[kind],
        lines=[line.text.strip()[:_LONGEST] for line in lines if line.kind == kind][-ROWS:],
        position=position,
    )

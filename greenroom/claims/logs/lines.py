"""The documented lines in a piece of a log: plain lines, JSON lines, or both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jmespath

from greenroom.claims.logs.patterns import KEY, Kind, patterns
from greenroom.claims.logs.times import time_of_line, time_of_value
from greenroom.drivers.log_stream import Piece
from greenroom.targetfile.model import Logs

_MESSAGES = ("message", "msg", "textPayload", "event_message", "log", "text", "event")
_TIMES = ("timestamp", "time", "ts", "@timestamp", "datetime", "date")
_LINES_BACK = 50
"""Lines above one without a time in which its time is looked for."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A documented line: where it stands, what it says, when it was written in seconds since 1970, if it says so."""

    kind: Kind
    source: str
    line: int
    time: float | None
    text: str
    key: str = ""


class LineReader:
    """Finds the documented lines of a target."""

    def __init__(self, logs: Logs) -> None:
        self._patterns = patterns(logs)
        self._message = jmespath.compile(logs.message) if logs.message else None
        self._time = jmespath.compile(logs.time) if logs.time else None

    def seen_in(self, piece: Piece) -> list[Seen]:
        """The documented lines of a piece, in their order."""
        text = piece.text
        if text.startswith("{") or "\n{" in text:
            return list(self._one_by_one(piece))
        return self._all_at_once(piece)

    def times_of(self, piece: Piece) -> tuple[float | None, float | None]:
        """When the first and the last line of a piece were written that say so."""
        lines = piece.text.rstrip("\n")
        head, tail = lines[:20_000].split("\n")[:_LINES_BACK], lines[-20_000:].split("\n")[:-_LINES_BACK:-1]
        first = next((time for line in head if (time := self._time_of(line)) is not None), None)
        return first, next((time for line in tail if (time := self._time_of(line)) is not None), first)

    def _all_at_once(self, piece: Piece) -> list[Seen]:
        """Each pattern is looked for in the whole piece, which is many times as quick as line by line."""
        text, places = piece.text, []
        for kind, pattern in self._patterns.items():
            places += [(start, end, kind, match) for start, end, match in _matching_lines(pattern, text)]
        found, line, counted = [], piece.first_line, 0
        for start, end, kind, match in sorted(places, key=lambda place: place[0]):
            line += text.count("\n", counted, start)
            counted = start
            written = text[start:end]
            time = time_of_line(written)
            if time is None:
                time = _time_above(text, start)
            found.append(Seen(kind, piece.source, line, time, written, _key(match)))
        return found

    def _one_by_one(self, piece: Piece) -> Iterator[Seen]:
        last: float | None = None
        for number, line in enumerate(piece.text.split("\n"), piece.first_line):
            entry = _entry(line)
            message = self._message_of(entry, line)
            for kind, pattern in self._patterns.items():
                if match := pattern.search(message):
                    time = self._time_in(entry, line)
                    last = last if time is None else time
                    yield Seen(kind, piece.source, number, last, message, _key(match))

    def _message_of(self, entry: Mapping[str, Any] | None, line: str) -> str:
        if entry is None:
            return line
        if self._message is not None:
            found = self._message.search(entry)
            return found if isinstance(found, str) else ""
        for name in _MESSAGES:
            if isinstance(found := entry.get(name), str):
                return found
        nested = entry.get("jsonPayload")
        return str(nested["message"]) if isinstance(nested, dict) and "message" in nested else line

    def _time_of(self, line: str) -> float | None:
        return self._time_in(_entry(line), line)

    def _time_in(self, entry: Mapping[str, Any] | None, line: str) -> float | None:
        if entry is None:
            return time_of_line(line)
        if self._time is not None:
            return time_of_value(self._time.search(entry))
        return next((time for name in _TIMES if (time := time_of_value(entry.get(name))) is not None), None)


def _matching_lines(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """The beginning and the end of every line that the pattern is found in, by itself."""
    at, length = 0, len(text)
    while found := pattern.search(text, at):
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.start())
        end = length if end < 0 else end
        whole = found if found.end() <= end else pattern.search(text[start:end])  # it must not reach into the next line
        if whole:
            yield start, end, whole
        if end >= length:
            return
        at = end + 1


def _entry(line: str) -> dict[str, Any] | None:
    if not line.startswith("{"):
        return None
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def _key(match: re.Match[str]) -> str:
    return match.groupdict().get(KEY) or ""


def _time_above(text: str, start: int) -> float | None:
    end = start - 1
    for _ in range(_LINES_BACK):
        if end <= 0:
            return None
        begin = text.rfind("\n", 0, end) + 1
        if (time := time_of_line(text[begin:end])) is not None:
            return time
        end = begin - 1
    return None

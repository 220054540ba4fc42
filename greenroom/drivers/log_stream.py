"""A log as a stream: files, plain or gzipped, standard input, or what a command prints; as much in memory as a read."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from greenroom.core.errors import GreenroomError, TargetUnavailable

STANDARD_INPUT = "-"
_READ = 1 << 20
_LONGEST_LINE = 16 << 20
"""Bytes after which a line that does not end is taken for two."""


@dataclass(frozen=True)
class Piece:
    """Some whole lines of a log, where they come from, and the number of the first of them."""

    source: str
    first_line: int
    text: str
    bytes_read: int


def pieces_of_file(name: str) -> Iterator[Piece]:
    """The log in a file; "-" is standard input.

    Raises GreenroomError when it can't be read, TargetUnavailable when it can't be read to its end.
    """
    if name == STANDARD_INPUT:
        yield from _pieces("(standard input)", sys.stdin.buffer)
        return
    try:
        with _opened(Path(name)) as stream:
            yield from _pieces(name, stream)
    except (EOFError, gzip.BadGzipFile) as error:
        raise TargetUnavailable("log", f"{name} can't be read to its end: {error}") from None
    except OSError as error:
        raise GreenroomError(
            f"{name} can't be read: {error.strerror}", hint="name a log file, or - for standard input", code="no-log"
        ) from None


def pieces_of_command(command: Sequence[str]) -> Iterator[Piece]:
    """The log that a command prints. Raises TargetUnavailable when it can't be started, or fails."""
    with _running(command) as process:
        assert process.stdout is not None
        yield from _pieces(f"({command[0]})", process.stdout)
        if code := process.wait():
            raise TargetUnavailable(
                "log",
                f"the command that prints the log failed with exit {code}",
                hint="[logs] gateway_command of the target",
            )


@contextmanager
def _running(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    except OSError as error:
        raise TargetUnavailable("log", f"the command that prints the log can't be run: {error}") from None
    with process:
        try:
            yield process
        finally:
            process.kill()


def _opened(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _pieces(source: str, stream: IO[bytes]) -> Iterator[Piece]:
    line, rest, read = 1, b"", 0
    while data := stream.read(_READ):
        read += len(data)
        end = data.rfind(b"\n") + 1
        if not end and len(rest) < _LONGEST_LINE:
            rest += data
            continue
        whole, rest = (rest + data[:end], data[end:]) if end else (rest + data, b"")
        yield Piece(source, line, _text(whole), read)
        line += whole.count(b"\n")
    if rest:
        yield Piece(source, line, _text(rest), read)


def _text(lines: bytes) -> str:
    text = lines.decode("utf-8", "replace")
    return text.replace("\r\n", "\n") if "\r" in text else text

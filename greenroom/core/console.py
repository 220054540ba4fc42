"""The terminal, or a pipe or a file in its place. What can't be written neither ends a run nor changes its verdict."""

from __future__ import annotations

import codecs
import errno
import io
import os
import select
import sys
from typing import Any

import rich.console

_PLAIN = {"‹": "<", "›": ">", "…": "...", "–": "-", "—": "-", "→": "->", "·": ".", "’": "'", "✓": "+", "✗": "x"}
_PLAIN |= {"“": '"', "”": '"', "−": "-", "•": "*", "█": "#", "─": "-", "━": "-", "│": "|", "\xa0": " "}


class Console(rich.console.Console):
    """Rich's console, without its colours for numbers and words, that falls silent when nobody reads any more.

    Rich itself would end the program, with exit 1: "not conformant" to whoever reads exit codes.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(highlight=False, **options)

    def on_broken_pipe(self) -> None:
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.file.fileno())  # what is left in buffers goes there as well
        os.close(nowhere)


class _Unfailing(io.FileIO):
    """A descriptor to which writing never fails: once it can't be written, what is said goes nowhere."""

    trouble = ""
    """Why it could not be written, in a word or two; "" also when a reader has only gone away."""

    def write(self, data: Any) -> int:
        try:
            while (written := super().write(data)) is None:  # somebody has made it one that does not wait
                select.select([], [self.fileno()], [])
            return written
        except OSError as error:
            if error.errno not in (errno.EPIPE, errno.ESHUTDOWN):
                self.trouble = error.strerror or str(error)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            return len(data)


def protect_output() -> None:
    """Let nothing that is printed raise an error: not a full disk, a reader that went away, or an encoding that lacks a
    letter, which is then written in letters that it has."""
    codecs.register_error("greenroom", _in_plain_letters)
    for number, name in ((1, "stdout"), (2, "stderr")):
        given = getattr(sys, name)
        if given is not getattr(sys, f"__{name}__"):
            continue  # somebody keeps what is said
        try:
            if given is not None:
                given.flush()
            raw = _Unfailing(number, "w", closefd=False)
        except (OSError, ValueError):  # closed by whoever called us
            raw = _Unfailing(os.open(os.devnull, os.O_WRONLY), "w")
        encoding = getattr(given, "encoding", None) or "utf-8"
        by_line = name == "stderr" or raw.isatty()
        stream = io.TextIOWrapper(io.BufferedWriter(raw), encoding, "greenroom", line_buffering=by_line)
        setattr(sys, name, stream)


def unwritten() -> str:
    """Why standard output could not be written, in a word or two; "" when it was, or nobody reads it any more."""
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return raw.trouble if isinstance(raw, _Unfailing) else ""


def _in_plain_letters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    unknown = error.object[error.start : error.end]
    plain = (_PLAIN.get(letter) or letter.encode("ascii", "backslashreplace").decode() for letter in unknown)
    return "".join(plain), error.end

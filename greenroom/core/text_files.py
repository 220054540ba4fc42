"""Reads text files that people write: what is no UTF-8 text is said with file, line and column, and what to do."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

LIMIT = 5_000_000
"""Bytes that a file which somebody writes by hand may have."""

_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_LOOKED_AT = 100


def read_text(file: Path, refused: Callable[[str, str], Exception], *, shown: str = "", limit: int = LIMIT) -> str:
    """The text of a file, without a byte order mark, its lines ended by "\\n". `shown` is its path as errors name it.

    Raises what `refused` makes of a message and a hint, when the file can't be read, is no ordinary file, has more than
    `limit` bytes, or holds what is no UTF-8 text.
    """
    shown = shown or str(file)
    try:
        about = file.stat()
        if stat.S_ISDIR(about.st_mode):
            raise refused(f"{shown}: this is a folder", "name a file")
        if not stat.S_ISREG(about.st_mode):  # a pipe or a device may never come to an end
            raise refused(f"{shown}: this is no ordinary file", "name a file of text")
        if about.st_size > limit:
            size = f"{about.st_size / 1e6:.1f} MB, and at most {limit / 1e6:g} MB are read"
            raise refused(f"{shown}: too large: {size}", "split it, or is it the right file?")
        data = file.read_bytes()
    except OSError as error:
        raise refused(f"{shown}: can't be read: {error.strerror}", _hint_for(error)) from None
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    if not encoding and (nul := data.find(b"\0")) >= 0:
        every_second = data[nul % 2 : 8 : 2].count(0) == 4 and data[:8].count(0) == 4  # as in English text
        encoding = "UTF-16" if every_second else ""
        if not encoding:
            raise refused(f"{shown}:{_place(data, nul)}: a NUL byte", "take it out; is this a file of text?")
    if encoding:
        raise refused(f"{shown}:1:1: not UTF-8 text, but {encoding}", "save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")  # some editors begin a file with a byte order mark
    except UnicodeDecodeError as error:
        at = error.start + 3 * data.startswith(b"\xef\xbb\xbf")
        raise refused(f"{shown}:{_place(data, at)}: not UTF-8 text: byte 0x{data[at]:02X}", _meant(data, at)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _hint_for(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "check its permissions"
    return "a link leads nowhere: mend or remove it" if _is_link(error.filename) else "check the path"


def _is_link(name: object) -> bool:
    return isinstance(name, (str, os.PathLike)) and Path(name).is_symlink()


def _place(data: bytes, at: int) -> str:
    """Line and column of a byte, counted from 1."""
    before = data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    last = before.rpartition(b"\n")[2].removeprefix(b"\xef\xbb\xbf")
    line, column = before.count(b"\n") + 1, len(last.decode("utf-8", "replace")) + 1
    return f"{line}:{column}"


def _meant(data: bytes, at: int) -> str:
    """What a byte that is no UTF-8 was probably meant to be."""
    letter = data[at : at + 1].decode("cp1252", "replace")
    near = data[:_LOOKED_AT]
    if letter == "\ufffd" or sum(byte < 9 or 13 < byte < 32 for byte in near) > 1:
        return "is this a file of text? save it as UTF-8"
    return f"it is {letter!r} in Windows-1252 or Latin-1: save the file as UTF-8"

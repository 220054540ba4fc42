"""A fault of Greenroom's own: a line for a person, and its traceback in a file for whoever mends it."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path

from greenroom.core.project import PRIVATE
from greenroom.core.redact import Redactor


def explain(fault: BaseException) -> str:
    """What happened in a line, and where its traceback is."""
    if isinstance(fault, FileNotFoundError) and not _has_working_folder():
        return "the working folder is not there any more\n  hint: change to one that is"
    kept = keep(fault)
    if isinstance(fault, OSError) and fault.strerror:
        words = f"{fault.filename}: {fault.strerror}" if fault.filename else fault.strerror
    else:
        words = f"a fault of Greenroom itself: {type(fault).__name__}: {_first_line(fault)}"
    hint = f"its traceback is in {kept}" if kept else "GREENROOM_DEBUG=1 shows its traceback"
    return f"{words}\n  hint: {hint}"


def keep(fault: BaseException) -> str:
    """Write the traceback to a file, and show it with GREENROOM_DEBUG=1. The file's path, "" where there is none."""
    text = Redactor().text("".join(traceback.format_exception(fault)))
    if os.environ.get("GREENROOM_DEBUG"):
        print(text, file=sys.stderr, end="")
    for folder in (PRIVATE, Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / "fault.txt"
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError:
            continue
        return str(path)
    return ""


def _has_working_folder() -> bool:
    try:
        Path.cwd()
    except FileNotFoundError:
        return False
    return True


def _first_line(fault: BaseException) -> str:
    lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
    return lines[0] if lines else "no message"

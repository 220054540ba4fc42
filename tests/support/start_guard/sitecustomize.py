"""Refuses to start a reference or a browser, in this process and, by PYTHONPATH, in every Python that it starts.

Python imports a module of this name when it starts. It does nothing until NOTES is set: then a refused start raises
PermissionError and is noted in the file that NOTES names, so that a program that handles the error is found out too.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

NOTES = "TESTS_START_NOTHING"
_STARTS = {
    re.compile(r"(^| )-m (reference|tests\.lantern) "): "an implementation",
    re.compile(r"/postgres "): "a database",
    re.compile(r"/playwright/driver/"): "a browser",
}


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event != "subprocess.Popen" or NOTES not in os.environ:
        return
    command = arguments[1]
    words = [os.fsdecode(word) for word in command] if isinstance(command, (list, tuple)) else [str(command)]
    line = " ".join(words) + " "
    for looks_like, what in _STARTS.items():
        if looks_like.search(line):
            with Path(os.environ[NOTES]).open("a", encoding="utf-8") as notes:
                notes.write(f"{what}: {line}\n")
            raise PermissionError(f"this test must not start {what}")


sys.addaudithook(_refuse)

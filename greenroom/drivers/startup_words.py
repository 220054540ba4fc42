"""What a target said before it gave up: the line that tells why, and the lines around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MOST_LINES = 8
_LINES_BEFORE = 4

_FRAME = re.compile(r"\s+at \S|\s*File \"|\s*\.\.\. \d+ more|goroutine \d+|\s*\^+\s*$")
"""A line of a stack trace: where, and not why."""

_NAMES_AN_ERROR = re.compile(
    r"""^\W*(\w+\ ERR!\s)?(\[\w+\]:?\s)?        # npm ERR!, [errors]:
        ([\w.$:]*(Error|Exception|Errno)\b      # Python, Java, JavaScript, Ruby
        |Caused\ by:|panic:|fatal\b|FATAL\b|thread\ '.*'\ panicked)
      |\b(ERROR|FATAL|CRITICAL|PANIC|SEVERE)\b  # a line of a log
      |"(level|severity)":\s*"(error|fatal|critical)"
    """,
    re.VERBOSE,
)


def telling_line(lines: Sequence[str]) -> str:
    """The line of `lines` that says best why a program gave up: the last that names an error, which many runtimes
    print before a stack trace or their version, else the last that is not of a trace. Empty when nothing was said."""
    said = [line.rstrip() for line in lines if line.strip()]
    naming = [line for line in said if _NAMES_AN_ERROR.search(line) and not _FRAME.match(line)]
    rest = [line for line in said if not _FRAME.match(line)]
    return (naming or rest or said or [""])[-1].strip()


def lines_around(lines: Sequence[str]) -> str:
    """What was said before the telling line, and after it, as a hint; empty when that line is all there is."""
    said = [line.rstrip() for line in lines if line.strip()]
    if len(said) < 2:
        return ""
    why = telling_line(said)
    here = max(number for number, line in enumerate(said) if line.strip() == why)
    begins = max(0, min(here - _LINES_BEFORE, len(said) - _MOST_LINES))
    return "it said:\n" + "\n".join(f"  {line}" for line in said[begins : begins + _MOST_LINES])

"""What is claimed of a log: the documented lines are in it, in their documented order (O2)."""

from __future__ import annotations

import re

from greenroom.claims.observation import Observation

_SHOWN = 6


def documented_lines(where: str, lines: str, missing: str, waited: float = 0.0) -> Observation:
    """`missing` is the first pattern that was not found in `lines` after those before it, or ""."""
    last = "\n            ".join(lines.strip().splitlines()[-_SHOWN:]) or "nothing"
    sentence = f"{where} has the documented lines in their order"
    return Observation(sentence, not missing, missing or "all of them", last if missing else "all of them", waited)


def no_such_line(where: str, lines: str, pattern: str) -> Observation:
    """No line of `lines` is of that pattern."""
    found = [line for line in lines.splitlines() if re.search(pattern, line)]
    sentence = f"{where} has no line like {pattern!r}"
    return Observation(sentence, not found, "none", "\n            ".join(found[:_SHOWN]) or "none")

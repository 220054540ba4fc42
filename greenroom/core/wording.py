"""Words for numbers of things."""

from __future__ import annotations

import re


def plural(count: int, one: str, many: str = "") -> str:
    """`1 scenario`, `2 scenarios`; `many` where it is not `one` with an s."""
    return f"{count:,} {one}" if count == 1 else f"{count:,} {many or one + 's'}"


def expected_that(sentence: str, found: str) -> str:
    """The first line of a failure: the sentence that should hold, and what was found in its place, if anything."""
    return f"expected that {sentence}" + (f", found: {found}" if found else "")


def claimed(line: str) -> str:
    """The sentence of a line that `expected_that` has written; any other line as it is."""
    found = _EXPECTED_THAT.match(line)
    return found[1] if found else line


_EXPECTED_THAT = re.compile(r"expected that (.+?)(?:, found: .*)?$")

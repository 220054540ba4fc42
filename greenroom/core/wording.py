"""Words for numbers of things."""

from __future__ import annotations


def plural(count: int, one: str, many: str = "") -> str:
    """`1 scenario`, `2 scenarios`; `many` where it is not `one` with an s."""
    return f"{count:,} {one}" if count == 1 else f"{count:,} {many or one + 's'}"

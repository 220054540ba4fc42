"""A number that a page shows: exactly, or up to where it stops counting, such as 9+."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"([>＞]\s*)?(\d+)(\s*[+＋])?")  # \d are the digits of every script


@dataclass(frozen=True)
class ShownNumber:
    """`number` as shown; with `or_more` it stands for that many and for any more."""

    number: int
    or_more: bool = False

    def stands_for(self, count: int) -> bool:
        """Whether so many may be shown like this."""
        return count >= self.number if self.or_more else count == self.number

    def __str__(self) -> str:
        return f"{self.number} or more" if self.or_more else str(self.number)


def shown_number(text: str) -> ShownNumber:
    """The first number in a text; 0 where there is none."""
    found = _NUMBER.search(text)
    if found is None:
        return ShownNumber(0)
    return ShownNumber(int(found[2]), or_more=bool(found[1] or found[3]))

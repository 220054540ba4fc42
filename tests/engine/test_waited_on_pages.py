"""How long a page was waited for is what was really waited."""

from __future__ import annotations

from typing import Any, cast

import pytest

from greenroom.claims import pages
from greenroom.claims.observation import Observation


class Listing:
    """A page on which nothing ever changes: each wait lasts until its deadline."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def shows_live(self, values: Any, seconds: float) -> bool:
        self.now += seconds
        return False

    def drops(self, values: Any, seconds: float) -> bool:
        self.now += seconds
        return False

    def count_live(self, values: Any) -> int:
        return 1

    def hindrance(self) -> None:
        return None

    def blindness(self) -> None:
        return None


@pytest.mark.parametrize("claim", [pages.lists_live, pages.drops_live])
def test_a_whole_wait_is_no_wait_of_nothing(claim: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = Listing()
    monkeypatch.setattr(pages, "time", listing)
    found = cast(Observation, claim("Grace", "Ada", listing, {}, 8.0))
    assert (found.held, found.waited, found.deadline) == (False, 8.0, '8 s "listing"')

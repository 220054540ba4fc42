"""Guests who are put out: nobody is banned who is only leased, since a ban would stay."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from greenroom.core.errors import NotApplicable
from greenroom.people.person import Person
from greenroom.scenario import visits


def test_nobody_is_banned_who_is_only_leased() -> None:
    world: Any = SimpleNamespace(target=SimpleNamespace(people=SimpleNamespace(source="pool")))
    with pytest.raises(NotApplicable, match="would stay"):
        visits.put_out(world, "ban", Person("Ada", None), Person("Grace", None))

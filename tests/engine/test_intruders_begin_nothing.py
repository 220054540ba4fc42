"""Who tries what only the host may do may have begun a session of their own by it: it is over before they host one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from greenroom.drivers.account import Account
from greenroom.scenario import actions, deeds


@pytest.mark.parametrize(("offered", "tried"), [({"go_live", "end"}, ["end", "go live"]), ({"go_live"}, ["go live"])])
def test_what_the_host_of_another_room_has_begun_is_ended_first(
    monkeypatch: pytest.MonkeyPatch, offered: set[str], tried: list[str]
) -> None:
    seen: list[str] = []
    other: Any = SimpleNamespace(account=Account("a2", "Mallory"), room_id="r2")
    gateway = SimpleNamespace(offers=offered.__contains__, attempt=lambda name, *_, **__: seen.append(name))
    world: Any = SimpleNamespace(gateway=gateway, people=SimpleNamespace(host=lambda _: other))
    monkeypatch.setattr(actions, "go_live_unnoticed", lambda *_: seen.append("go live"))
    assert deeds.INTRUDERS["the host of another room"](world, other) is other.account
    assert seen == tried

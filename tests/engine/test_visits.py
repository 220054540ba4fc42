"""Guests who are put out, and who wait: nobody is banned who is only leased, and a lobby may be as full as its room."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from greenroom.core.errors import NotApplicable, OperationFailed
from greenroom.drivers.outcome import Refused
from greenroom.people.person import Person
from greenroom.record.events import Exchange
from greenroom.scenario import visits


def test_nobody_is_banned_who_is_only_leased() -> None:
    world: Any = SimpleNamespace(target=SimpleNamespace(people=SimpleNamespace(source="pool")))
    with pytest.raises(NotApplicable, match="would stay"):
        visits.put_out(world, "ban", Person("Ada", None), Person("Grace", None))


def refused_lobby(*waiting: str, room_for: int | None) -> tuple[Any, Person]:
    """A lobby in which those wait, and that turns everybody away who comes."""
    full = Refused("join", "", 409, "FULL", Exchange(channel="gateway", method="POST", url="http://g/x", status=409))
    gateway = SimpleNamespace(offers=lambda _: True, attempt=lambda *_, **__: full)
    host = Person("Ada", None)
    host.waiting, host.room_for = set(waiting), room_for
    return SimpleNamespace(gateway=gateway, target=SimpleNamespace(web=None)), host


def test_a_lobby_may_take_no_more_than_there_is_room_for() -> None:
    world, host = refused_lobby("Grace", "Joan", room_for=2)
    with pytest.raises(NotApplicable, match="takes a place"):
        visits.wait(world, Person("Mary", None), host)


@pytest.mark.parametrize(("waiting", "room_for"), [(("Grace",), 2), (("Grace", "Joan"), None)])
def test_a_lobby_with_room_turns_nobody_away(waiting: tuple[str, ...], room_for: int | None) -> None:
    world, host = refused_lobby(*waiting, room_for=room_for)
    with pytest.raises(OperationFailed):
        visits.wait(world, Person("Mary", None), host)

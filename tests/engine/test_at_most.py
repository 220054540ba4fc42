"""A listing that shows only the newest entries, as its target file says, is asked for no more than those."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from greenroom.core.errors import NotApplicable
from greenroom.isolation import census
from greenroom.scenario import crowd
from greenroom.scenario.world import World


class Arranged(Exception):
    """The first write of an arrangement: the scenario goes on."""


def _world(at_most: int) -> World:
    web = SimpleNamespace(listing=SimpleNamespace(at_most=at_most))
    world = SimpleNamespace(
        target=SimpleNamespace(web=web),
        writable_database=object,
        until_end=lambda context: context.__enter__(),
    )
    return cast(World, world)


@pytest.mark.parametrize("at_most", [100, 250, 260])
def test_more_rooms_than_the_listing_shows_are_not_asked_for(at_most: int) -> None:
    with pytest.raises(NotApplicable, match=f"the listing shows no more than {at_most} entries: .* at_most"):
        crowd.be_live(_world(at_most), 250)


@pytest.mark.parametrize("at_most", [0, 300])
def test_rooms_are_made_where_the_listing_shows_them(at_most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(*_arguments: object) -> None:
        raise Arranged

    monkeypatch.setattr(crowd, "_one_more", make)
    monkeypatch.setattr(census, "remove", lambda *_: None)
    with pytest.raises(Arranged):
        crowd.be_live(_world(at_most), 250)

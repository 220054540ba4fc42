"""How people come and go on pages: by links, into a room and out of it, with the page in the background for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from greenroom.scenario.explore import dues
from greenroom.scenario.explore.act import Act, Due, KindOfAct
from greenroom.scenario.explore.expected import Expected, Page, Phase
from greenroom.scenario.explore.host_pages import goes_live, is_live, stands
from greenroom.scenario.explore.hosting import GUESTS, when
from greenroom.scenario.explore.other_pages import may_look, opens_page
from greenroom.scenario.explore.visiting import comes_in

_TAGS = ("browser",)


def _looks(expected: Expected, who: str, host: str) -> bool:
    page = expected.pages.get(who)
    return page is not None and page.host == host


def _guest_looks(expected: Expected, act: Act) -> bool:
    return _looks(expected, act.others[0], act.host) and may_look(expected, act)


def _is_listed_for(expected: Expected, act: Act) -> bool:
    """Who reads the listing, and has read it since the room is live."""
    page, room = expected.pages.get(act.others[0]), expected.of(act.host)
    reads = page is not None and not page.host and may_look(expected, act)
    return reads and room.phase is Phase.LIVE and not room.private and room.known and room.titled


def _may_come_in(expected: Expected, act: Act) -> bool:
    room, guest = expected.of(act.host), act.others[0]
    return may_look(expected, act) and room.phase is Phase.LIVE and guest not in room.banned


def _may_leave(expected: Expected, act: Act) -> bool:
    room, guest = expected.of(act.host), act.others[0]
    return _guest_looks(expected, act) and room.phase is Phase.LIVE and guest in room.inside


def _host_is_back(expected: Expected, act: Act) -> bool:
    room = expected.of(act.host)
    return _looks(expected, act.host, act.host) and room.phase is Phase.REST and room.used


def _goes_to_listing(expected: Expected, act: Act) -> Expected:
    """Whoever goes away from a room's page may have left the room by that."""
    who, room = act.others[0], expected.of(act.host)
    gone = {who} & (room.inside | room.waiting)
    room = replace(room, inside=room.inside - gone, waiting=room.waiting - gone, unsettled=room.unsettled | gone)
    return expected.with_room(act.host, room).with_page(who, Page())


def _is_inside(expected: Expected, act: Act) -> Expected:
    entered = opens_page(expected, act)
    return entered.with_room(act.host, comes_in(entered.of(act.host), act.others[0]))


def _has_left(expected: Expected, act: Act) -> Expected:
    """What the page shows whoever has left is the page's own affair: it may be the listing."""
    who, room = act.others[0], expected.of(act.host)
    out = replace(room, inside=room.inside - {who}, left=room.left | {who}, places=room.places + 1)
    return expected.with_page(who, None).with_room(act.host, out)


def _stays(expected: Expected, act: Act) -> Expected:
    return expected


def _stands(promise: str) -> Callable[[Expected, Expected, Act], Iterator[Due]]:
    def due(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
        yield from dues.as_it_stands(act.host, after.of(act.host), promise)
        yield from dues.bystanders(before, act, "C5")

    return due


WAYS_ON_PAGES = (
    KindOfAct(
        "guest goes to the listing", when("{one} goes back to the listing by a link"), _guest_looks,
        _goes_to_listing, _stands("H9"), others=GUESTS, needs=("page",), known=True, tags=_TAGS,
    ),
    KindOfAct(
        "look from the listing",
        (*when("{one} reloads the listing"), *when("{one} goes into {host}'s room from the listing")), _is_listed_for,
        opens_page, _stands("H4"), others=(*GUESTS, ("Nemo",)), needs=("page",), known=True,
        calmer="look at the room", tags=_TAGS,
    ),
    KindOfAct(
        "come in on the page", when("{one} comes into {host}'s room on its page"), _may_come_in, _is_inside,
        _stands("A1"), others=GUESTS, needs=("page", "comes-in-by-page"), known=True, calmer="join", tags=_TAGS,
    ),
    KindOfAct(
        "leave on the page", when("{one} leaves {host}'s room on its page"), _may_leave, _has_left, _stands("A2"),
        others=GUESTS, needs=("page", "leaves-by-page"), known=True, calmer="leave", tags=_TAGS,
    ),
    KindOfAct(
        "go live from the listing",
        when("{host} goes back to the listing by a link and goes live from there"), _host_is_back, goes_live, is_live,
        needs=("page", "operation:go_live"), calmer="go live on the page", tags=_TAGS,
    ),
    KindOfAct(
        "host's page in the background",
        (*when("{host} puts the page into the background"), *when("{host} comes back to the page")),
        lambda expected, act: _looks(expected, act.host, act.host) and expected.of(act.host).phase is Phase.LIVE,
        _stays, stands("H9", Due("{host} has come in once", "H3")), needs=("page",), tags=_TAGS, slow=True,
        calmer="reload",
    ),
)  # fmt: skip

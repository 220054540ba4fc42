"""What guests, strangers and visitors do on pages: look at a room or at the listing, reload, forge, close."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from greenroom.scenario.explore import dues
from greenroom.scenario.explore.act import Act, Due, KindOfAct
from greenroom.scenario.explore.expected import Expected, Page, Phase, Says
from greenroom.scenario.explore.host_pages import says_now
from greenroom.scenario.explore.hosting import given, stays, when
from greenroom.scenario.explore.page_dues import VISITOR

_LOOKERS = (("Grace",), ("Mallory",), ("Edith",), (VISITOR,))
_READERS = (("Joan",), (VISITOR,))
_TAGS = ("browser",)
_OPEN = "{one} has the listing open in the browser"


def may_look(expected: Expected, act: Act) -> bool:
    """A room whose page shows what promises settle, and somebody who does not host one."""
    room, who = expected.of(act.host), act.others[0]
    shown = room.phase in (Phase.REST, Phase.LIVE, Phase.LOBBY, Phase.SCHEDULED)
    return shown and not room.limited and (who == VISITOR or who not in expected.rooms)


def _looks(expected: Expected, act: Act) -> bool:
    page = expected.pages.get(act.others[0])
    return page is not None and page.host == act.host and may_look(expected, act)


def _reads(expected: Expected, act: Act) -> bool:
    page = expected.pages.get(act.others[0])
    return page is not None and not page.host


def _may_read(expected: Expected, act: Act) -> bool:
    return not _reads(expected, act) and (act.others[0] != VISITOR or expected.rules.public)


def opens_page(expected: Expected, act: Act) -> Expected:
    """Somebody has loaded the page of the host's room."""
    who, room = act.others[0], expected.of(act.host)
    waits = expected.rules.says_to_wait and room.phase is Phase.LOBBY and who in room.waiting
    says = says_now(expected, act.host) if who not in room.banned else Says.UNKNOWN
    return expected.with_page(who, Page(act.host, says, waits))


def _closes(expected: Expected, act: Act) -> Expected:
    who, room = act.others[0], expected.of(act.host)
    gone = {who} & (room.inside | room.waiting)
    room = replace(room, inside=room.inside - gone, waiting=room.waiting - gone, unsettled=room.unsettled | gone)
    return expected.with_room(act.host, room).with_page(who, None)


def _opens_listing(expected: Expected, act: Act) -> Expected:
    return expected.with_page(act.others[0], Page())


def _stands(promise: str) -> Callable[[Expected, Expected, Act], Iterator[Due]]:
    def due(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
        yield from dues.as_it_stands(act.host, after.of(act.host), promise)
        yield from dues.bystanders(before, act, "C5")

    return due


def _nothing(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield from ()


OTHER_PAGES = (
    KindOfAct(
        "look at the room", when("{one} opens {host}'s room in the browser"), may_look, opens_page, _stands("H4"),
        given="{one} has {host}'s room open in the browser", others=_LOOKERS, needs=("page",), known=True, tags=_TAGS,
    ),
    KindOfAct(
        "guest reloads", when("{one} reloads the page"), _looks, opens_page, _stands("H4"), others=_LOOKERS,
        needs=("page",), known=True, calmer="look at the room", tags=_TAGS,
    ),
    KindOfAct(
        "guest forges", when("{one} forges the navigation state"), _looks, opens_page, _stands("H4"), others=_LOOKERS,
        needs=("page", "forged-state"), known=True, calmer="guest reloads", tags=_TAGS,
    ),
    KindOfAct(
        "guest closes the browser", when("{one} closes the browser"), _looks, _closes, _stands("H9"), others=_LOOKERS,
        needs=("page",), known=True, tags=_TAGS,
    ),
    KindOfAct(
        "open the listing", given(_OPEN), _may_read, _opens_listing, _nothing, given=_OPEN, others=_READERS,
        needs=("page",), known=True, tags=_TAGS,
    ),
    KindOfAct(
        "reload the listing", when("{one} reloads the listing"), _reads, stays, _nothing, others=_READERS,
        needs=("page",), known=True, tags=_TAGS,
    ),
)  # fmt: skip

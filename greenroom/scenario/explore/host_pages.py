"""What a host does on pages: goes live, ends, reloads, comes back from elsewhere, goes away, signs out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from greenroom.scenario.explore import dues
from greenroom.scenario.explore.act import Act, Due, KindOfAct
from greenroom.scenario.explore.expected import Expected, Page, Phase, Says
from greenroom.scenario.explore.hosting import GUESTS, ends, in_phase, when

REST, LIVE = Phase.REST, Phase.LIVE
_SHOWN = (REST, LIVE, Phase.LOBBY, Phase.SCHEDULED)
"""In which a room's page is opened: no promise settles what it does to one that is stuck."""
_TAGS = ("browser",)
_ONCE = Due("{host} has come in once", "H3")
_END = "{host} ends the room in the browser"


def says_now(expected: Expected, host: str) -> Says:
    """What a page of the room says of its end when it has just been loaded."""
    room = expected.of(host)
    return Says.LIVE if room.phase is LIVE and not room.private else Says.UNKNOWN


def _looks(expected: Expected, act: Act) -> bool:
    page = expected.pages.get(act.host)
    return page is not None and page.host == act.host


def _looks_at(*those: Phase) -> Callable[[Expected, Act], bool]:
    return lambda expected, act: _looks(expected, act) and in_phase(*those)(expected, act)


def may_end(expected: Expected, act: Act) -> bool:
    """The host has the room's page open, with End Room on it."""
    return _looks_at(LIVE)(expected, act) and expected.pages[act.host].says is Says.LIVE


def _opens(expected: Expected, act: Act) -> Expected:
    says = Says.LIVE if expected.of(act.host).phase is LIVE else Says.UNKNOWN
    return expected.with_page(act.host, Page(act.host, says))


def _closes(expected: Expected, act: Act) -> Expected:
    return expected.with_page(act.host, None)


def _keeps(expected: Expected, act: Act) -> Expected:
    return expected


def goes_live(expected: Expected, act: Act) -> Expected:
    """The host is live, and has the room's page open."""
    room = expected.of(act.host)
    begun = room.begins(present=True)
    if room.phase is not REST:
        begun = replace(begun, sessions=None, kept=False)
    return expected.with_room(act.host, begun).with_page(act.host, Page(act.host, Says.LIVE))


def ends_on_page(expected: Expected, act: Act) -> Expected:
    """The session is over, and the host's page says so."""
    return ends(expected, act).with_page(act.host, Page(act.host, Says.ENDED))


def _ends_elsewhere(expected: Expected, act: Act) -> Expected:
    says = Says.ENDED if expected.rules.follows else Says.UNKNOWN
    return ends(expected, act).with_page(act.host, Page(act.host, says))


def _signs_over(expected: Expected, act: Act) -> Expected:
    page = Page(act.host, says_now(expected, act.host))
    return expected.with_page(act.host, None).with_page(act.others[0], page)


def _may_sign_over(expected: Expected, act: Act) -> bool:
    return _looks_at(LIVE, REST)(expected, act) and act.others[0] not in {
        *expected.pages,
        *expected.of(act.host).banned,
    }


def is_live(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    """What is due when a host has gone live on the page."""
    room = before.of(act.host)
    yield from dues.live_in_new_session(act.host, after.of(act.host))
    if room.phase is Phase.ORPHANED or (room.phase is Phase.STUCK and room.known):
        yield Due(f"the stuck session of {act.host} is closed and nobody is left inside", "R2")
    if room.phase is Phase.STUCK and after.rules.notices:
        yield Due(f"the page has told {act.host} that it retries", "R1")
    yield from dues.bystanders(before, act, "R4")


def is_over(promise: str, *more: Due) -> Callable[[Expected, Expected, Act], Iterator[Due]]:
    """What is due when a host has ended on the page."""

    def due(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
        yield from (Due(one.text.format(host=act.host), one.promise) for one in more)
        yield from dues.over(act.host, before.of(act.host), after.of(act.host), promise)
        yield from dues.bystanders(before, act, "L9")

    return due


def stands(promise: str, *more: Due) -> Callable[[Expected, Expected, Act], Iterator[Due]]:
    """What is due where everything stays as it was; `more` of one that is live, whose host was never away."""

    def due(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
        room = after.of(act.host)
        if room.phase is LIVE and room.known and room.present:  # who was away comes in once more
            yield from (Due(one.text.format(host=act.host), one.promise) for one in more)
        yield from dues.as_it_stands(act.host, after.of(act.host), promise)
        yield from dues.bystanders(before, act, "C5")

    return due


HOST_PAGES = (
    KindOfAct(
        "go live on the page", when("{host} goes live in the browser"), in_phase(REST, Phase.STUCK, Phase.ORPHANED),
        goes_live, is_live, needs=("page", "operation:go_live"), calmer="go live", tags=_TAGS,
    ),
    KindOfAct(
        "open the own room", when("{host} opens {host}'s room in the browser"), in_phase(*_SHOWN), _opens,
        stands("H3", _ONCE), given="{host} has {host}'s room open in the browser", needs=("page",), tags=_TAGS,
    ),
    KindOfAct(
        "end on the page", when(_END), may_end, ends_on_page, is_over("E1"),
        given="{host} has ended the room in the browser", needs=("page", "operation:end"), calmer="end", tags=_TAGS,
    ),
    KindOfAct(
        "double-click End Room", when("{host} double-clicks End Room in the browser"), may_end, ends_on_page,
        is_over(
            "E12", Due("the page tells {host} that the room has ended", "E12"),
            Due("the page shows {host} no failure", "E12"),
        ),
        needs=("page", "operation:end"), race=True, calmer="end on the page", tags=(*_TAGS, "race"),
    ),
    KindOfAct(
        "end from another device", when("{host} ends the room from another device"), _looks_at(LIVE), _ends_elsewhere,
        is_over("H9"), needs=("page", "operation:end"), calmer="end", tags=_TAGS, slow=True,
    ),
    KindOfAct(
        "reload", when("{host} reloads the page"), _looks_at(*_SHOWN), _opens, stands("H1", _ONCE), needs=("page",),
        tags=_TAGS,
    ),
    KindOfAct(
        "reload often", when("{host} reloads the page {word} times"), _looks_at(*_SHOWN), _opens,
        stands("H3", _ONCE), words=("2", "4"), needs=("page",), calmer="reload",
        tags=_TAGS,
    ),
    KindOfAct(
        "come back", when("{host} comes back by {word}"), _looks_at(LIVE), _opens, stands("H2", _ONCE),
        words=(
            "a link in a new tab", "a new browser", "back and forward", "a phone", "a phone on its side",
            "a link in a mail", "links of the pages",
        ),
        needs=("page",), calmer="reload", tags=_TAGS,
    ),
    KindOfAct(
        "come back after long", when("{host} comes back when the sign-in has run out"), in_phase(LIVE), _opens,
        stands("H10", _ONCE), needs=("page", "sign-in-renewal"), calmer="open the own room",
        tags=(*_TAGS, "needs-sign-in-renewal"),
    ),
    KindOfAct(
        "open and close a second tab", when("{host} opens a second tab with her room, and closes it"), may_end, _keeps,
        stands("H9"), needs=("page",), calmer="reload", tags=_TAGS,
    ),
    KindOfAct(
        "lose the network for a while",
        (*when("{host} loses the network"), *when("{host} has the network back")), _looks_at(LIVE), _keeps,
        stands("H9"), needs=("page",), calmer="reload", tags=_TAGS, slow=True,
    ),
    KindOfAct(
        "close the browser", when("{host} closes the browser"), _looks_at(*_SHOWN), _closes, stands("H9"),
        needs=("page",), tags=_TAGS,
    ),
    KindOfAct(
        "sign over", when("{host} signs out, and {one} signs in on the same page"), _may_sign_over, _signs_over,
        stands("H11"), others=GUESTS, needs=("page", "sign-out"), known=True, tags=_TAGS,
    ),
)  # fmt: skip

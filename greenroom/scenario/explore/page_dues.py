"""What is due of the pages that are open after an act: End Room or not, what is said of the end, what is listed."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.scenario.explore.act import Act, Due
from greenroom.scenario.explore.expected import BUSY, Expected, Hosting, Page, Phase, Says

VISITOR = "Nemo"
"""Whoever is not signed in."""
_LOADS = frozenset(
    {
        "look at the room",
        "look from the listing",
        "come in on the page",
        "look while the lookup fails",
        "guest reloads",
        "guest forges",
        "sign over",
    }
    | {"open the listing", "reload the listing"}
)
"""Kinds of acts by which somebody who is not the host loads a page."""
_RENEWS = frozenset({"open the own room", "reload", "reload often", "come back", "come back after long"})
"""Kinds of acts by which a host loads the page of a room anew. That End Room is not there is looked at once, and a page
that was open before may take a while to follow."""


def pages(after: Expected, act: Act) -> Iterator[Due]:
    """Of every page that shows something of the act's rooms, and of the one that the act has loaded."""
    for who, page in sorted(after.pages.items()):
        opened = act.kind in _LOADS and who in act.others
        if not page.host:
            for host in sorted(after.rooms):
                if host in act.people or opened:
                    yield from _listing(who, host, after)
        elif page.host in act.people or opened:
            yield from (
                _of_host(who, page, after, act) if who == page.host else _of_another(who, page, after, opened=opened)
            )


def touches(expected: Expected, due: Due) -> bool:
    """Whether the due is about a room whose page somebody has open: a page may write what it was not asked to."""
    return any(page.host and page.host in due.text for page in expected.pages.values())


def _of_host(who: str, page: Page, after: Expected, act: Act) -> Iterator[Due]:
    room = after.of(page.host)
    if page.says is Says.LIVE and room.phase is Phase.LIVE:
        yield Due(f"{who} sees End Room", "H2")
    if page.says is Says.ENDED:
        yield Due(f"the page tells {who} that the room has ended", "E15")
    loaded = act.kind in _RENEWS and room.phase is Phase.REST and room.over
    if loaded or act.kind == "end on the page":
        yield Due(f"{who} does not see End Room", "E6")


def _of_another(who: str, page: Page, after: Expected, *, opened: bool) -> Iterator[Due]:
    room = after.of(page.host)
    yield Due(f"{who} does not see End Room", "H5" if who == VISITOR else "H4")
    if page.says is Says.ENDED:
        yield Due(f"the page tells {who} that the room has ended", "E15")
    if page.says is Says.AGAIN:
        yield Due(f"the page no longer tells {who} that the room has ended", "E15")
    if page.says is Says.LIVE and after.rules.follows:
        yield Due(f"the page does not tell {who} that the room has ended", "E15")
    if page.waits:
        told = "tells" if who in room.waiting else "no longer tells" if who in room.inside else ""
        if told and (told == "tells" or after.rules.follows):
            yield Due(f"the page {told} {who} to wait", "A6")
    if opened and room.phase is Phase.LIVE and room.known and room.titled:
        yield from _title(who, page.host, room, after)


def _title(who: str, host: str, room: Hosting, after: Expected) -> Iterator[Due]:
    if who != VISITOR and not room.private and who not in room.banned:
        yield Due(f"the page shows {who} the title of {host}'s session", "G1")
    if who == VISITOR and room.private:
        yield Due(f"the page does not show {who} the title of {host}'s session", "G5")
    if who == VISITOR and not room.private and after.rules.public:
        yield Due(f"the page shows {who} the title of {host}'s session, or asks to sign in", "L10")


def _listing(who: str, host: str, after: Expected) -> Iterator[Due]:
    room = after.of(host)
    if room.phase is Phase.LIVE and room.private:
        if who == VISITOR:
            yield Due(f"{who} does not see {host}'s session in the listing", "G5")
    elif room.phase is Phase.LIVE:
        full = ", with its title and host" if room.known and room.titled else ""
        yield Due(f"{who} sees {host}'s session in the listing{full}", "L10" if who == VISITOR else "L1")
        yield Due(f"{who} sees one entry of {host}'s room", "L4")
    elif room.phase is Phase.REST and room.used:
        yield Due(f"{who} no longer sees {host}'s session in the listing", "L10" if who == VISITOR else "L2")
    elif room.phase is Phase.SCHEDULED and room.titled:
        yield Due(f"{who} sees {host}'s session in the listing as upcoming, not as live", "L5")
    if room.phase in (Phase.REST, *BUSY) and who != VISITOR:
        yield Due(f"{who} sees no entry that is not in the listing", "L8")

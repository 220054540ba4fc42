"""What an act means for the pages that are open meanwhile: what they are to say, and who may be inside by them.

A page may let whoever looks at it into a session that begins, and announce its host; some do, some don't.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from greenroom.scenario.explore.expected import Expected, Hosting, Page, Phase, Says

if TYPE_CHECKING:
    from greenroom.scenario.explore.act import Act

TELLS_END = frozenset(
    {"end", "end often at once", "ends meet", "end on the page", "double-click End Room", "end from another device"}
    | {"end on the page, gateway fails", "end on the page, all fails"}
)
"""Kinds of acts by which a live room ends as E15 means it: whoever looks is told."""
_SENDS_AWAY = frozenset({"put out", "ban", "turn away"})
"""Kinds of acts after which nobody knows what the guest's page shows."""


def followed(before: Expected, after: Expected, act: Act) -> Expected:
    """The same once the pages that were open before the act have followed it."""
    tells_end = act.kind in TELLS_END and before.of(act.host).phase is Phase.LIVE
    if tells_end and after.of(act.host).phase is Phase.REST:
        after = after.changed(act.host, over=True)
    for who, page in after.pages.items():
        if page.host and before.pages.get(who) is page:
            was, now = before.of(page.host), after.of(page.host)
            says = _says(page, was, now, tells_end, follows=after.rules.follows)
            if act.kind in _SENDS_AWAY and who in act.others:
                says = Says.UNKNOWN
            after = after.with_page(who, replace(page, says=says, waits=page.waits and now.phase is Phase.LOBBY))
    for host in after.rooms if after.pages else ():
        after = after.with_room(host, _unsettled(after.of(host), after.lookers(host) - {host}))
    return after


def _says(page: Page, was: Hosting, now: Hosting, tells_end: bool, *, follows: bool) -> Says:
    if was.phase is now.phase and (was.phase is not Phase.LIVE or was.sessions == now.sessions is not None):
        return page.says
    if follows and was.phase is Phase.LIVE and now.phase is Phase.REST and tells_end:
        return Says.ENDED if page.says in (Says.LIVE, Says.AGAIN) else Says.UNKNOWN
    if follows and was.phase is Phase.REST and now.phase is Phase.LIVE and page.says is Says.ENDED and not now.private:
        return Says.AGAIN
    return Says.UNKNOWN


def _unsettled(room: Hosting, lookers: frozenset[str]) -> Hosting:
    """Of those who look at the page only who is inside or waits is sure to."""
    lookers -= room.inside | room.waiting
    on = room.phase in (Phase.LIVE, Phase.LOBBY)
    return replace(room, left=room.left - lookers, unsettled=room.unsettled | (lookers if on else frozenset()))

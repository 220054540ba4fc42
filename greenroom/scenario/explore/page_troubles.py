"""What people do on pages whose requests meet trouble, and twice as fast as a page expects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from greenroom.scenario.explore import dues
from greenroom.scenario.explore.act import GIVEN, THEN, WHEN, Act, Due, KindOfAct, SaidStep
from greenroom.scenario.explore.expected import Expected, Phase
from greenroom.scenario.explore.host_pages import ends_on_page, goes_live, is_live, is_over, may_end, stands
from greenroom.scenario.explore.hosting import GUESTS, given, in_phase, when
from greenroom.scenario.explore.other_pages import may_look, opens_page

_TAGS, _FALLBACK = ("browser",), ("browser", "needs-client-fallback")
_NOT_CARRIED_OUT = ("answers 500", "answers 503", "refuses the connection", "never answers")
_END = "the gateway {word} when {host} ends the room"
_GO = "the gateway {word} when {host} goes live"
_WELL = SaidStep(WHEN, "all is well again for {host}")


def _goes_live_unknown(expected: Expected, act: Act) -> Expected:
    live = goes_live(expected, act)
    return live.with_room(act.host, replace(live.of(act.host), known=False, kept=False))


def _is_live_for_the_first_time(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    who = act.others[0]
    yield Due(f"{who} hosts exactly one room", "D1")
    yield Due(f"{who} is live with exactly one open session", "D1")
    yield Due(f"{who} sees End Room", "H2")
    yield from dues.bystanders(before, act, "C5")


def _is_housed(expected: Expected, act: Act) -> Expected:
    return replace(expected, housed=expected.housed | set(act.others))


def _never_there(expected: Expected, act: Act) -> bool:
    return act.others[0] not in {*expected.housed, *expected.pages}


PAGE_TROUBLES = (
    KindOfAct(
        "end on the page, gateway fails",
        (SaidStep(GIVEN, _END), SaidStep(WHEN, "{host} ends the room in the browser"), _WELL), may_end, ends_on_page,
        is_over("E7"), words=_NOT_CARRIED_OUT, needs=("page", "operation:end", "client-fallback"),
        calmer="end on the page", tags=_FALLBACK,
    ),
    KindOfAct(
        "end on the page, answer is lost",
        (
            SaidStep(GIVEN, "the gateway loses its answer when {host} ends the room"),
            SaidStep(WHEN, "{host} ends the room in the browser"), _WELL,
        ),
        may_end, ends_on_page, is_over("E8", Due("the page shows {host} no failure", "E8")),
        needs=("page", "operation:end", "client-fallback"), calmer="end on the page", tags=_FALLBACK,
    ),
    KindOfAct(
        "end on the page, all fails",
        (
            SaidStep(GIVEN, _END), SaidStep(GIVEN, "the data API {word} when {host} falls back on it"),
            SaidStep(WHEN, "{host} tries to end the room in the browser"),
            SaidStep(THEN, "the page tells {host} that the room could not be ended"),
            SaidStep(THEN, "{host} is live with exactly one open session"),
            SaidStep(THEN, "{host} can press End Room again"), _WELL,
            SaidStep(WHEN, "{host} ends the room in the browser"),
        ),
        may_end, ends_on_page, is_over("E14"), promise="E14", words=("answers 500", "refuses the connection"),
        needs=("page", "operation:end", "client-fallback"), calmer="end on the page, gateway fails", tags=_FALLBACK,
        slow=True,
    ),
    KindOfAct(
        "double-click Go Live", when("{host} double-clicks Go Live in the browser"), in_phase(Phase.REST),
        _goes_live_unknown, is_live, needs=("page", "operation:go_live"), race=True, calmer="go live on the page",
        tags=(*_TAGS, "race"),
    ),
    KindOfAct(
        "go live on the page, gateway fails",
        (
            SaidStep(GIVEN, _GO), SaidStep(WHEN, "{host} tries to go live in the browser"),
            SaidStep(THEN, "the page tells {host} that going live failed"),
            SaidStep(THEN, "{host} can press Go Live again"), _WELL, SaidStep(WHEN, "{host} presses Go Live again"),
        ),
        in_phase(Phase.REST), goes_live, is_live, promise="C7", words=("answers 500", "refuses the connection"),
        needs=("page", "operation:go_live", "client-fallback"), calmer="go live on the page", tags=_FALLBACK, slow=True,
    ),
    KindOfAct(
        "go live on the page, answer is lost",
        (
            SaidStep(GIVEN, "the gateway loses its answer when {host} goes live"),
            SaidStep(WHEN, "{host} tries to go live in the browser"), _WELL,
            SaidStep(WHEN, "{host} presses Go Live again if it has failed"),
        ),
        in_phase(Phase.REST), goes_live, is_live, needs=("page", "operation:go_live", "client-fallback"),
        calmer="go live on the page", tags=_FALLBACK, slow=True,
    ),
    KindOfAct(
        "go live on the page, room is not told",
        (
            SaidStep(GIVEN, "the gateway {word} when {host} asks for a room"),
            SaidStep(WHEN, "{host} goes live in the browser"), _WELL,
        ),
        in_phase(Phase.REST), goes_live, is_live, words=("answers 500", "answers 503", "refuses the connection"),
        needs=("page", "operation:go_live", "room-fallback"), calmer="go live on the page",
        tags=(*_TAGS, "needs-room-fallback"),
    ),
    KindOfAct(
        "reload while the lookup fails",
        (
            SaidStep(GIVEN, "the data API {word} when {host} looks the host up"),
            SaidStep(WHEN, "{host} reloads the page"), _WELL,
        ),
        may_end, lambda expected, act: expected, stands("H6", Due("{host} sees End Room", "H6")),
        words=("answers 503", "refuses the connection"), needs=("page", "host-lookup"), calmer="reload",
        tags=(*_TAGS, "needs-host-lookup"),
    ),
    KindOfAct(
        "look while the lookup fails",
        (
            SaidStep(GIVEN, "the data API {word} when {one} looks the host up"),
            SaidStep(WHEN, "{one} opens {host}'s room in the browser"),
            SaidStep(THEN, "{one} does not see End Room"), SaidStep(WHEN, "all is well again for {one}"),
        ),
        may_look, opens_page, stands("H6"), promise="H6", words=("answers 500", "refuses the connection"),
        others=GUESTS, needs=("page", "host-lookup"), known=True, calmer="look at the room",
        tags=(*_TAGS, "needs-host-lookup"),
    ),
    KindOfAct(
        "go live for the first time",
        (*given("{one} has never gone live"), *when("{one} goes live for the first time in the browser")),
        _never_there, _is_housed, _is_live_for_the_first_time, others=(("Edith",),), hostless=True,
        needs=("page", "new-people", "first-room"), tags=_TAGS,
    ),
)  # fmt: skip

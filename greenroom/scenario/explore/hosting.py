"""What a host does with their room: goes live, ends, cancels, resets, schedules, asks for a room again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from greenroom.scenario.explore import dues
from greenroom.scenario.explore.act import GIVEN, WHEN, Act, Due, KindOfAct, SaidStep
from greenroom.scenario.explore.expected import BUSY, Expected, Hosting, Phase

REST, LIVE = Phase.REST, Phase.LIVE
GUESTS = (("Grace",), ("Joan",))
TITLES = (
    "\"Double\" and 'single' & \\\\ back",
    "Morning yoga 🧘🏽‍♀️ and tea 🍵",
    "<b>bold</b><img src=x onerror=alert(1)>",
    "A talk that has so very much to say about everything that its title needs every last character of it",
)

Can = Callable[[Expected, Act], bool]
Then = Callable[[Expected, Act], Expected]


def when(text: str) -> tuple[SaidStep, ...]:
    """The steps of an act that is one When."""
    return (SaidStep(WHEN, text),)


def given(*texts: str) -> tuple[SaidStep, ...]:
    """The steps of an act that are Givens."""
    return tuple(SaidStep(GIVEN, text) for text in texts)


def in_phase(*those: Phase) -> Can:
    """The host's room is expected to be one of these."""
    return lambda expected, act: expected.of(act.host).phase in those


def used_and_at_rest(expected: Expected, act: Act) -> bool:
    """The host's room is at rest, and has had a session."""
    room = expected.of(act.host)
    return room.phase is REST and room.used


def begins(to: Phase = LIVE, **more: Any) -> Then:
    """Another session of the host begins."""
    return lambda expected, act: expected.with_room(act.host, expected.of(act.host).begins(to, **more))


def ends(expected: Expected, act: Act) -> Expected:
    """The host's session is over."""
    return expected.with_room(act.host, expected.of(act.host).ends())


def stays(expected: Expected, act: Act) -> Expected:
    """Everything is as it was."""
    return expected


def unchanged(promise: str, *more: Due) -> Callable[[Expected, Expected, Act], list[Due]]:
    """Nothing about any room is to change."""

    def due(before: Expected, after: Expected, act: Act) -> list[Due]:
        first = [Due(one.text.format(host=act.host, one=(*act.others, "")[0]), one.promise) for one in more]
        return [*first, *(dues.nothing_changed(host, promise) for host in sorted({act.host, *before.rooms}))]

    return due


def _goes_live(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield from dues.live_in_new_session(act.host, after.of(act.host))
    yield from dues.bystanders(before, act, "C5")


def _tries_again(expected: Expected, act: Act) -> Expected:
    room = expected.of(act.host)
    begun = room.begins(kept=False) if expected.rules.heals else replace(room, titled=False)
    return expected.with_room(act.host, begun)


def _told_of_conflict(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(
        f"{act.host} meets the conflict and nothing has changed, or is live with one open session", "R3", compares=True
    )
    yield from dues.as_it_stands(act.host, after.of(act.host), "R3")
    yield from dues.bystanders(before, act, "R4")


def _over(promise: str, *, cancelled: bool = False, others: str = "L9") -> Callable[..., Iterator[Due]]:
    def due(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
        room = before.of(act.host)
        early = promise if room.phase is LIVE or cancelled else "E11"
        yield from dues.over(act.host, room, after.of(act.host), early, cancelled=cancelled)
        yield from dues.bystanders(before, act, others)

    return due


def _stands(promise: str, *more: Due) -> Callable[..., Iterator[Due]]:
    def due(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
        yield from (Due(one.text.format(host=act.host), one.promise) for one in more)
        yield from dues.as_it_stands(act.host, after.of(act.host), promise)
        yield from dues.bystanders(before, act, "C5")

    return due


def _cycles(expected: Expected, act: Act) -> Expected:
    room = expected.of(act.host)
    for _ in range(int(act.word)):
        room = room.begins().ends()
    return expected.with_room(act.host, room)


def _each_cycle(act: Act) -> tuple[Act, ...]:
    return (Act("go live", act.host), Act("end", act.host)) * int(act.word)


def _after_cycles(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(f"{act.host}'s room is at rest", "E5")
    yield Due(f"{act.host}'s session is no longer listed as live", "O4")
    if sessions := after.of(act.host).sessions:
        yield Due(f"all {sessions} sessions of {act.host} are over", "O4")
    yield from dues.bystanders(before, act, "C5")


def _has_gone_live(expected: Expected, act: Act) -> str:
    return "{host} has gone live again" if expected.of(act.host).used else "{host} is live"


def _away(expected: Expected, act: Act) -> Expected:
    return expected.changed(act.host, present=False)


def live_with_guests(act: Act) -> tuple[Act, ...]:
    """The host is live and the others are inside: the simplest way to a session with these people."""
    return (Act("go live", act.host), *(Act("join", act.host, (guest,)) for guest in act.others))


def _waits(expected: Expected, act: Act) -> Expected:
    room = expected.of(act.host).begins(Phase.LOBBY, present=True)
    return expected.with_room(act.host, _waiting(room, act.others[0], admission=expected.rules.admission))


def _waiting(room: Hosting, guest: str, *, admission: bool) -> Hosting:
    if admission and guest not in room.banned:
        return replace(room, waiting=room.waiting | {guest})
    return replace(room, unsettled=room.unsettled | {guest})


HOSTING = (
    KindOfAct(
        "go live", when("{host} goes live through the gateway"), in_phase(REST), begins(present=True), _goes_live,
        given=_has_gone_live, needs=("operation:go_live",),
    ),
    KindOfAct(
        "go live with a title", when("{host} goes live through the gateway as {word}"), in_phase(REST),
        begins(present=True), _goes_live, needs=("operation:go_live",), words=TITLES, calmer="go live",
    ),
    KindOfAct(
        "go live under the same title", when("{host} goes live again under the same title"),
        lambda expected, act: used_and_at_rest(expected, act) and expected.of(act.host).known, begins(present=True),
        _goes_live, needs=("operation:go_live",), calmer="go live",
    ),
    KindOfAct(
        "go live on another topic", when("{host} goes live on another topic"), in_phase(REST), begins(present=True),
        _goes_live, needs=("operation:go_live",), calmer="go live",
    ),
    KindOfAct(
        "go live, logged",
        (*given("an operator watches the gateway's log"), *when("{host} goes live through the gateway")),
        in_phase(REST), begins(present=True),
        lambda before, after, act: [
            Due(
                f"the gateway has logged that {act.host}'s session was created, then that the listing was synced", "O2"
            ),
            *_goes_live(before, after, act),
        ],
        needs=("operation:go_live", "gateway-log"), calmer="go live", tags=("needs-gateway-log",),
    ),
    KindOfAct(
        "go live privately", given("{host} is live with a session that is not public"), in_phase(REST),
        begins(private=True, present=True), _goes_live, given="{host} is live with a session that is not public",
        needs=("operation:go_live_privately", "private-sessions"), tags=("needs-private-sessions",), calmer="go live",
    ),
    KindOfAct(
        "go live again", when("{host} tries to go live through the gateway"), in_phase(*BUSY), _tries_again,
        _told_of_conflict, needs=("operation:go_live",),
    ),
    KindOfAct(
        "end", when("{host} ends the room through the gateway"), in_phase(*BUSY), ends, _over("E1"),
        given="{host} has ended the room", needs=("operation:end",),
    ),
    KindOfAct(
        "end again", when("{host} tries to end the room through the gateway"), in_phase(REST), stays,
        unchanged("E9", Due("{host} is refused as not live", "E9")), needs=("operation:end",),
    ),
    KindOfAct(
        "end whatever is on", when("{host} tries to end the room through the gateway"), in_phase(Phase.OPEN, LIVE),
        ends,
        lambda before, after, act: [
            Due(f"{act.host}'s room is at rest", "C3"),
            Due(f"nobody is left inside any session of {act.host}", "C6"),
            Due(f"{act.host}'s session is no longer listed as live", "L8"),
        ],
        needs=("operation:end",), calmer="end",
    ),
    KindOfAct(
        "cancel", when("{host} cancels the session through the gateway"), in_phase(*BUSY), ends,
        _over("E13", cancelled=True), needs=("operation:cancel", "cancelling"), tags=("needs-cancelling",),
    ),
    KindOfAct(
        "cancel again", when("{host} tries to cancel {host}'s session through the gateway"), in_phase(REST), stays,
        unchanged("E9"), needs=("operation:cancel", "cancelling"), tags=("needs-cancelling",),
    ),
    KindOfAct(
        "reset", when("{host} resets the room by a request"), in_phase(*BUSY, Phase.STUCK), ends,
        _over("R10", cancelled=True, others="R4"), needs=("operation:reset", "reset"), tags=("needs-reset",),
    ),
    KindOfAct(
        "schedule", given("{host} has scheduled a session for tomorrow"), in_phase(REST), begins(Phase.SCHEDULED),
        _stands("G3", Due("{host}'s session has the title that was asked for", "G1")),
        given="{host} has scheduled a session for tomorrow", needs=("operation:schedule", "scheduling"),
        tags=("needs-scheduling",), calmer="go live",
    ),
    KindOfAct(
        "open the doors", given("{host} has a session in the lobby with {one} waiting"),
        lambda expected, act: in_phase(REST)(expected, act) and act.others[0] not in expected.of(act.host).banned,
        _waits, _stands("G4", Due("{host}'s session has the title that was asked for", "G1")),
        given="{host} has a session in the lobby with {one} waiting", others=GUESTS,
        needs=("operation:open_doors", "operation:join", "lobby"), tags=("needs-lobby",), calmer="go live",
        parts=live_with_guests,
    ),
    KindOfAct(
        "be away", when("{host} announces being away"), in_phase(LIVE), _away, _stands("H9"),
        needs=("operation:host_absent",),
    ),
    KindOfAct(
        "announce late", when("{host} announces being there after the end"), used_and_at_rest, stays, unchanged("E6"),
        needs=("operation:host_present", "call-announces"),
    ),
    KindOfAct(
        "ask for a room again", when("{host} asks for a room again"), in_phase(REST, *BUSY), stays,
        unchanged("D5", Due("{host} hosts exactly one room", "D5")), needs=("gives-room",),
    ),
    KindOfAct(
        "use it again and again", when("{host} goes live and ends the room {word} times"), in_phase(REST), _cycles,
        _after_cycles, needs=("operation:go_live", "operation:end"), words=("2", "3"), parts=_each_cycle,
    ),
    KindOfAct(
        "use it, and the listing follows",
        when("{host} goes live and ends the room {word} times, and the listing follows each time"), in_phase(REST),
        _cycles, _after_cycles, needs=("operation:go_live", "operation:end"), words=("2", "3"),
        calmer="use it again and again",
    ),
)  # fmt: skip

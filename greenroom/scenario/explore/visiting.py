"""What guests do, and what a host does with them: come, leave, wait, are let in, put out, banned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from greenroom.scenario.explore import dues
from greenroom.scenario.explore.act import Act, Due, KindOfAct, SaidStep
from greenroom.scenario.explore.expected import Expected, Hosting, Phase
from greenroom.scenario.explore.hosting import (
    GUESTS,
    given,
    live_with_guests,
    stays,
    unchanged,
    used_and_at_rest,
    when,
)

LIVE, LOBBY = Phase.LIVE, Phase.LOBBY
TOLD = "{host} has been told how many people are inside"
_JOIN, _LEAVE = ("operation:join",), ("operation:leave",)


def _room_for(room: Hosting, guest: str) -> bool:
    return guest in room.inside or not room.limited or room.places > 0


def _may_come(expected: Expected, act: Act) -> bool:
    room, guest = expected.of(act.host), act.others[0]
    return room.phase is LIVE and guest not in room.banned | room.unsettled and _room_for(room, guest)


def _is_inside(expected: Expected, act: Act) -> bool:
    room = expected.of(act.host)
    return room.phase in (LIVE, LOBBY) and act.others[0] in room.inside


def _is_inside_live(expected: Expected, act: Act) -> bool:
    return _is_inside(expected, act) and expected.of(act.host).phase is LIVE


def _may_wait(expected: Expected, act: Act) -> bool:
    room = expected.of(act.host)
    return room.phase is LOBBY and act.others[0] not in room.banned


def _waits(expected: Expected, act: Act) -> bool:
    room = expected.of(act.host)
    return room.phase is LOBBY and act.others[0] in room.waiting


def comes_in(room: Hosting, guest: str) -> Hosting:
    """The guest is inside."""
    free = room.places - (guest not in room.inside)
    return replace(
        room, inside=room.inside | {guest}, left=room.left - {guest}, waiting=room.waiting - {guest}, places=free
    )


def _goes_out(room: Hosting, guest: str) -> Hosting:
    was = guest in room.inside
    left = room.left | {guest} if was else room.left
    return replace(
        room, inside=room.inside - {guest}, left=left, waiting=room.waiting - {guest}, places=room.places + was
    )


def _comes(expected: Expected, act: Act) -> Expected:
    return expected.with_room(act.host, comes_in(expected.of(act.host), act.others[0]))


def _goes(expected: Expected, act: Act) -> Expected:
    return expected.with_room(act.host, _goes_out(expected.of(act.host), act.others[0]))


def _is_banned(expected: Expected, act: Act) -> Expected:
    room = _goes_out(expected.of(act.host), act.others[0])
    return expected.with_room(act.host, replace(room, banned=room.banned | {act.others[0]}))


def _comes_to_lobby(expected: Expected, act: Act) -> Expected:
    room, guest = expected.of(act.host), act.others[0]
    if guest in room.inside:
        return expected
    if not expected.rules.admission:
        return expected.with_room(act.host, replace(room, unsettled=room.unsettled | {guest}))
    return expected.with_room(act.host, replace(room, waiting=room.waiting | {guest}))


def _both_come(expected: Expected, act: Act) -> Expected:
    room = expected.of(act.host)
    for guest in act.others:
        room = comes_in(room, guest)
    return expected.with_room(act.host, room)


def _is_full(expected: Expected, act: Act) -> Expected:
    room = expected.of(act.host).begins(present=True, limited=True)
    first, second, _ = act.others
    return expected.with_room(act.host, replace(room, inside=frozenset({first}), unsettled=frozenset({second})))


def _stand(promise: str) -> Callable[[Expected, Expected, Act], Iterator[Due]]:
    def due(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
        yield from dues.as_it_stands(act.host, after.of(act.host), promise)
        yield from dues.bystanders(before, act, "C5")

    return due


def _counted(more: Callable[[Hosting, str], int], promise: str) -> Callable[[Expected, Expected, Act], Iterator[Due]]:
    def due(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
        words = {1: "1 more person", -1: "1 person fewer", 0: "as many people"}
        number = more(before.of(act.host), act.others[0])
        yield Due(f"{act.host} is told of {words[number]} inside{'' if number else ' as before'}", promise)
        yield from dues.as_it_stands(act.host, after.of(act.host), "A1" if number >= 0 else "A2")

    return due


def _out(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(f"{act.others[0]} is not inside {act.host}'s session", "A6")
    yield from dues.as_it_stands(act.host, after.of(act.host), "A6")


def _filled_up(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(f"{act.host}'s session of 2 people is full", "A3")
    yield Due(f"{act.others[2]} is not inside {act.host}'s session", "A3")
    yield from dues.as_it_stands(act.host, after.of(act.host), "A3")


def _somebody_waits(expected: Expected, act: Act) -> bool:
    room = expected.of(act.host)
    return room.phase is LOBBY and bool(room.waiting) and not room.unsettled


def _all_come(expected: Expected, act: Act) -> Expected:
    for guest in sorted(expected.of(act.host).waiting):
        expected = expected.with_room(act.host, comes_in(expected.of(act.host), guest))
    return expected


def _all_counted(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    number = len(before.of(act.host).waiting)
    yield Due(f"{act.host} is told of {number} more {'person' if number == 1 else 'people'} inside", "A6")
    yield from dues.as_it_stands(act.host, after.of(act.host), "A6")


def _counts(*steps: SaidStep) -> tuple[SaidStep, ...]:
    return (*given(TOLD), *steps)


VISITING = (
    KindOfAct(
        "join", when("{one} joins {host}'s room"), _may_come, _comes, _stand("A1"),
        given="{one} has joined {host}'s room", others=(*GUESTS, ("Edith",)), needs=_JOIN,
    ),
    KindOfAct(
        "join, counted", _counts(*when("{one} joins {host}'s room")),
        lambda expected, act: _may_come(expected, act) and not expected.of(act.host).unsettled, _comes,
        _counted(lambda room, guest: int(guest not in room.inside), "A5"), others=GUESTS, needs=(*_JOIN, "counts"),
        calmer="join",
    ),
    KindOfAct(
        "leave", when("{one} leaves {host}'s room"), _is_inside_live, _goes, _stand("A2"),
        given="{one} has left {host}'s room", others=(*GUESTS, ("Edith",)), needs=_LEAVE,
    ),
    KindOfAct(
        "leave, counted", _counts(*when("{one} leaves {host}'s room")), _is_inside_live, _goes,
        _counted(lambda room, guest: -1, "A5"), others=GUESTS, needs=(*_LEAVE, "counts"), calmer="leave",
    ),
    KindOfAct(
        "join late", when("{one} tries to join {host}'s room after the end"), used_and_at_rest, stays,
        unchanged("E6", Due("{host}'s room is at rest", "E6")), others=GUESTS, needs=_JOIN, known=True,
    ),
    KindOfAct(
        "leave late", when("{one} tries to leave {host}'s room after the end"), used_and_at_rest, stays,
        unchanged("E6", Due("{host}'s room is at rest", "E6")), others=GUESTS, needs=_LEAVE, known=True,
    ),
    KindOfAct(
        "join often at once", when("{one} joins {host}'s room {word} times at the same moment"), _may_come, _comes,
        _stand("A1"), others=GUESTS, words=("2", "5"), needs=_JOIN, race=True, calmer="join", tags=("race",),
    ),
    KindOfAct(
        "join together", when("{one} and {two} come to {host}'s room at the same moment"),
        lambda expected, act: (
            not expected.of(act.host).limited
            and all(_may_come(expected, Act("", act.host, (guest,))) for guest in act.others)
        ),
        _both_come, _stand("A1"), others=(("Grace", "Joan"),), needs=_JOIN, race=True, tags=("race",),
        parts=lambda act: tuple(Act("join", act.host, (guest,)) for guest in act.others),
    ),
    KindOfAct(
        "fill a small session",
        (
            *given("{host} is live with room for 2 people"),
            *when("{one}, {two} and {three} come to {host}'s room, one after the other"),
        ),
        lambda expected, act: (
            expected.of(act.host).phase is Phase.REST and not expected.of(act.host).banned & set(act.others)
        ),
        _is_full, _filled_up, others=(("Grace", "Joan", "Edith"),), needs=("operation:go_live", *_JOIN, "capacity"),
        tags=("needs-capacity",), calmer="go live", parts=live_with_guests,
    ),
    KindOfAct(
        "put out", when("{host} puts {one} out"), _is_inside_live, _goes, _stand("A2"), others=GUESTS,
        needs=("operation:kick",),
    ),
    KindOfAct(
        "ban", when("{host} bans {one}"), _is_inside_live, _is_banned, _stand("A4"), given="{host} has banned {one}",
        others=GUESTS, needs=("operation:ban", "banning", "new-people"), tags=("needs-banning",),
    ),
    KindOfAct(
        "come though banned", when("{one} tries to join {host}'s room"),
        lambda expected, act: expected.of(act.host).phase is LIVE and act.others[0] in expected.of(act.host).banned,
        stays, unchanged("A4", Due("{one} is not let in", "A4")), others=GUESTS, needs=(*_JOIN, "banning"),
        tags=("needs-banning",),
    ),
    KindOfAct(
        "come to the lobby", when("{one} joins {host}'s room"),
        _may_wait, _comes_to_lobby, _stand("A6"), given="{one} waits in {host}'s lobby as well", others=GUESTS,
        needs=(*_JOIN, "lobby"), tags=("needs-lobby",),
    ),
    KindOfAct(
        "come to the lobby, counted", _counts(*when("{one} joins {host}'s room")),
        lambda expected, act: _may_wait(expected, act) and not expected.of(act.host).unsettled,
        _comes_to_lobby, _counted(lambda room, guest: 0, "A6"), others=GUESTS,
        needs=(*_JOIN, "lobby", "admission", "counts"), calmer="come to the lobby",
        tags=("needs-lobby", "needs-admission"),
    ),
    KindOfAct(
        "let in", when("{host} lets {one} in"), _waits, _comes, _stand("A6"), given="{host} has let {one} in",
        others=GUESTS, needs=("operation:admit", "admission"), tags=("needs-lobby", "needs-admission"),
    ),
    KindOfAct(
        "let in, counted", _counts(*when("{host} lets {one} in")), _waits, _comes,
        _counted(lambda room, guest: 1, "A6"), others=GUESTS, needs=("operation:admit", "admission", "counts"),
        calmer="let in", tags=("needs-lobby", "needs-admission"),
    ),
    KindOfAct(
        "let everybody in", _counts(*when("{host} lets in everybody who waits")), _somebody_waits, _all_come,
        _all_counted, needs=("operation:admit_all", "admission", "counts"), tags=("needs-lobby", "needs-admission"),
    ),
    KindOfAct(
        "put out of the lobby", given("{host} has put {one} out of the lobby"), _waits, _goes, _out, others=GUESTS,
        given="{host} has put {one} out of the lobby", needs=("operation:kick", "admission"), calmer="turn away",
        tags=("needs-lobby", "needs-admission"),
    ),
    KindOfAct(
        "turn away", when("{host} turns {one} away"), _waits, _goes, _out, others=GUESTS,
        needs=("operation:reject", "admission"), tags=("needs-lobby", "needs-admission"),
    ),
)  # fmt: skip

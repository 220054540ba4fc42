"""What comes too late, twice or from the wrong one: it is refused, or there was nothing to do, and nothing breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from greenroom.scenario.explore import dues
from greenroom.scenario.explore.act import Act, Due, KindOfAct
from greenroom.scenario.explore.expected import Expected, Hosting, Phase
from greenroom.scenario.explore.hosting import GUESTS, given, in_phase, stays, unchanged, used_and_at_rest, when
from greenroom.scenario.explore.visiting import TOLD

REST, LIVE, LOBBY, OPEN = Phase.REST, Phase.LIVE, Phase.LOBBY, Phase.OPEN
_AT_REST = Due("{host}'s room is at rest", "E6")
_NOTHING_BROKE = Due("nothing that was tried broke", "O6")
_OF_THE_BANNED = ("lift her ban from", "take back that she has left", "write herself into")
_LOBBY_TAGS = ("needs-lobby", "needs-admission")
_ODD_TITLES = ("a title with a null byte", "a title with half a character", "a title of spaces", "no title at all")
_ODD_ENDS = ("a time long before it begins", "the last evening of the year 9999", "the thirtieth of February")
_ODD_NUMBERS = ("nobody", "fewer than nobody", "half a person", "more than there are people")

Dues = Callable[[Expected, Expected, Act], Iterator[Due]]


def _is_known(room: Hosting) -> bool:
    """Live, in a session of which a Then can tell who is inside."""
    return room.phase is LIVE and room.known


def _has_left(expected: Expected, act: Act) -> bool:
    room = expected.of(act.host)
    return _is_known(room) and act.others[0] in room.left - room.banned


def _is_banned(expected: Expected, act: Act) -> bool:
    room = expected.of(act.host)
    return _is_known(room) and act.others[0] in room.banned


def _waits(expected: Expected, act: Act) -> bool:
    room = expected.of(act.host)
    return room.phase is LOBBY and act.others[0] in room.waiting


def _other_is_inside(expected: Expected, act: Act) -> bool:
    room = expected.of(act.host)
    return _is_known(room) and act.others[1] in room.inside


def _other_is_outside(expected: Expected, act: Act) -> bool:
    room, other = expected.of(act.host), act.others[1]
    return _is_known(room) and other not in room.inside | room.unsettled | room.banned | room.left


def _ended_with_key(expected: Expected, act: Act) -> bool:
    room = expected.of(act.host)
    return used_and_at_rest(expected, act) and room.keyed and room.titled


def _maybe_begun(expected: Expected, act: Act) -> Expected:
    room = expected.of(act.host).begins(OPEN, kept=False, known=False)
    return expected.with_room(act.host, replace(room, sessions=None))


def _maybe_inside(expected: Expected, act: Act) -> Expected:
    """The one who tried may have come in as themselves."""
    return _unsettled(expected, act.host, act.others[0])


def _host_maybe_counted(expected: Expected, act: Act) -> Expected:
    """Nobody knows whether the host counts among those inside who came by the way of the guests, or left by it."""
    return _unsettled(expected, act.host, act.host)


def _unsettled(expected: Expected, host: str, who: str) -> Expected:
    return expected.changed(host, unsettled=expected.of(host).unsettled | {who})


def _still(promise: str, *more: Due) -> Dues:
    """All is as it was by what is expected, which need not be each column of each row."""

    def due(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
        one, two = (*act.others, "", "")[:2]
        for each in more:
            yield replace(each, text=each.text.format(host=act.host, one=one, two=two))
        yield from dues.as_it_stands(act.host, after.of(act.host), promise)
        yield from dues.bystanders(before, act, "C5")

    return due


def _nothing_is_stuck(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield _NOTHING_BROKE
    yield Due(f"no room of {act.host} is stuck", "O6")
    yield from dues.bystanders(before, act, "C5")


_LEAVE_TIME = Due("those who had left {host}'s session before keep their leave time", "E3", compares=True)

OUT_OF_TURN = (
    KindOfAct(
        "put out late", when("{host} tries to put {one} out after the end"), used_and_at_rest, stays,
        unchanged("E6", _AT_REST), others=GUESTS, needs=("operation:kick",), known=True,
    ),
    KindOfAct(
        "let in late", when("{host} tries to let {one} in after the end"), used_and_at_rest, stays,
        unchanged("E6", _AT_REST), others=GUESTS, needs=("operation:admit", "admission"), known=True, tags=_LOBBY_TAGS,
    ),
    KindOfAct(
        "announce being away late", when("{host} announces being away after the end"), used_and_at_rest, stays,
        unchanged("E6", _AT_REST), needs=("operation:host_absent",),
    ),
    KindOfAct(
        "try all that needs a session", when("{host} and {one} try all that needs a session"), used_and_at_rest,
        stays, unchanged("E6", _NOTHING_BROKE, _AT_REST), others=GUESTS, needs=("operation:end",), known=True,
    ),
    KindOfAct(
        "try all that needs somebody inside", when("{host} and {one} try all that needs somebody inside"), _has_left,
        stays, _still("O6", _NOTHING_BROKE, _LEAVE_TIME), others=GUESTS, needs=("operation:leave",),
    ),
    KindOfAct(
        "repeat a Go Live that has ended", when("{host} sends the same Go Live once more"), _ended_with_key, stays,
        unchanged("C4", _NOTHING_BROKE), needs=("operation:go_live", "idempotency"), tags=("needs-idempotency",),
    ),
    KindOfAct(
        "host comes as a guest", when("{host} tries to join {host}'s room"), in_phase(LIVE), _host_maybe_counted,
        _still("H9"), needs=("operation:join",),
    ),
    KindOfAct(
        "host leaves as a guest", when("{host} tries to leave {host}'s room"), in_phase(LIVE), _host_maybe_counted,
        _still("H9"), needs=("operation:leave",),
    ),
    KindOfAct(
        "send somebody away", when("{one} tries to leave {host}'s room in {two}'s name"), _other_is_inside, stays,
        unchanged("S8"), others=(("Mallory", "Grace"), ("Mallory", "Joan")), needs=("operation:leave",), known=True,
    ),
    KindOfAct(
        "bring somebody in", when("{one} tries to join {host}'s room in {two}'s name"), _other_is_outside,
        _maybe_inside, _still("S8", Due("{two} is not inside {host}'s session", "S8")),
        others=(("Mallory", "Grace"), ("Mallory", "Joan")), needs=("operation:join",), known=True,
    ),
    KindOfAct(
        "banned, past the gateway", when("{one} tries to {word} {host}'s room past the gateway"), _is_banned, stays,
        _still("A4", Due("{one} is not inside {host}'s session", "A4")), others=GUESTS, words=_OF_THE_BANNED,
        needs=("data-api", "banning"), tags=("needs-banning", "needs-data-api"),
    ),
    KindOfAct(
        "out of the lobby, past the gateway",
        (*given(TOLD), *when("{one} tries to come out of {host}'s lobby through the data API")), _waits, stays,
        _still("A6", Due("{host} is told of as many people inside as before", "A6")), others=GUESTS,
        needs=("operation:admit_oneself", "admission", "counts"), tags=(*_LOBBY_TAGS, "needs-data-api"),
    ),
    KindOfAct(
        "stranger asks who waits", when("{one} asks who waits in {host}'s lobby"), in_phase(LOBBY), stays,
        unchanged("S5", Due("{one} is turned away", "S5")), others=(("Mallory",), ("Nemo",), ("Zoe",), *GUESTS),
        needs=("operation:waiting", "lobby"), known=True, tags=("needs-lobby",),
    ),
    KindOfAct(
        "other tenant asks for sessions", when("{one} asks which sessions {host}'s room has had"),
        in_phase(REST, LIVE), stays, unchanged("S4", Due("{one} was told nothing", "S4")), others=(("Zoe",),),
        needs=("operation:sessions", "multi-tenant"), known=True, tags=("needs-multi-tenant",),
    ),
    KindOfAct(
        "cancel in no room", when("{host} tries to cancel the session of a room nobody knows through the gateway"),
        in_phase(LIVE, Phase.SCHEDULED), stays, unchanged("E10", Due("{host} is refused as no such room", "E10")),
        needs=("operation:cancel", "cancelling"), tags=("needs-cancelling",),
    ),
    KindOfAct(
        "come into no room", when("{one} tries to join a room nobody knows through the gateway"), in_phase(REST, LIVE),
        stays, unchanged("O6", Due("{one} is refused as no such room", "O6")), others=GUESTS,
        needs=("operation:join",), known=True,
    ),
    KindOfAct(
        "odd title", when("{host} tries to go live with {word}"), in_phase(REST), _maybe_begun, _nothing_is_stuck,
        words=_ODD_TITLES, needs=("operation:go_live",),
    ),
    KindOfAct(
        "odd end", when("{host} tries to begin a session until {word}"), in_phase(REST), _maybe_begun,
        _nothing_is_stuck, words=_ODD_ENDS, needs=("operation:go_live", "planned-end"), tags=("needs-planned-end",),
    ),
    KindOfAct(
        "odd number of people", when("{host} tries to begin a session for {word}"), in_phase(REST), _maybe_begun,
        _nothing_is_stuck, words=_ODD_NUMBERS, needs=("operation:go_live", "capacity"), tags=("needs-capacity",),
    ),
)  # fmt: skip

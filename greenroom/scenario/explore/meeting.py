"""What happens at the same moment: requests released together, or made to meet in the database where that is ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from greenroom.scenario.explore import dues
from greenroom.scenario.explore.act import Act, Due, KindOfAct
from greenroom.scenario.explore.expected import Expected, Hosting, Phase
from greenroom.scenario.explore.hosting import GUESTS, ends, given, in_phase, when

REST, LIVE, OPEN = Phase.REST, Phase.LIVE, Phase.OPEN
_GO, _END, _HELD = "operation:go_live", "operation:end", "database-faults"
OTHER_ENDS = {"cancels the session": "cancel", "resets the room": "reset"}
"""Other ways to bring a room to rest, and the operations that they take."""
_BOTH, _NEW = (("Mary",),), (("Edith",),)
_ROOMLESS = "{one} has never gone live"


def _in_rounds(expected: Expected, act: Act) -> Expected:
    room = expected.of(act.host)
    for number in range(int(act.word)):
        room = room.begins() if not number else room.ends().begins()
    return expected.with_room(act.host, _as_far_as_known(expected, room))


def _one_of_many(expected: Expected, act: Act) -> Expected:
    return expected.with_room(act.host, _as_far_as_known(expected, expected.of(act.host).begins()))


def _as_far_as_known(expected: Expected, room: Hosting) -> Hosting:
    """Where Go Live takes a room over, nobody knows which of several was the last, nor how many there were."""
    return replace(room, sessions=None, known=False) if expected.rules.heals else room


def _one_went_live(sentence: str) -> Callable[[Expected, Expected, Act], Iterator[Due]]:
    def due(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
        yield Due(sentence.format(host=act.host), "C1")
        yield Due(f"{act.host} is live with exactly one open session", "C1")
        yield Due(f"{act.host}'s session is listed as live", "L1")
        yield from dues.bystanders(before, act, "C5")

    return due


def _one_ended(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(f"exactly one end of {act.host} succeeded and the others were refused as not live", "E12")
    yield from dues.over(act.host, before.of(act.host), after.of(act.host), "E12")
    yield from dues.bystanders(before, act, "C5")


def _either(expected: Expected, act: Act) -> Expected:
    room = replace(expected.of(act.host).ends(), phase=OPEN, known=False, keyed=False, sessions=None, used=True)
    return expected.with_room(act.host, room)


def _told_the_truth(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(f"{act.host}'s room is at rest, or live with exactly one open session", "C3")
    yield Due(f"what {act.host} was told is what has become of the room", "C3")
    yield from dues.bystanders(before, act, "C5")


def _joined_meanwhile(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(f"{act.host}'s room is at rest", "C6")
    yield Due(f"nobody is left inside any session of {act.host}", "C6")
    yield Due(f"{act.host}'s session is no longer listed as live", "E4")
    yield from dues.bystanders(before, act, "C5")


def _ends_often(expected: Expected, act: Act) -> Expected:
    room = ends(expected, act).of(act.host)
    return expected.with_room(act.host, replace(room, keyed=False, sessions=None))


def _may_meet(expected: Expected, act: Act) -> bool:
    room = expected.of(act.host)
    return room.phase is LIVE and not room.limited and act.others[0] not in room.banned


def _both_at_rest(expected: Expected, act: Act) -> bool:
    return all(name in expected.rooms and expected.of(name).phase is REST for name in act.people)


def _both_live(expected: Expected, act: Act) -> Expected:
    for name in act.people:
        expected = expected.with_room(name, expected.of(name).begins())
    return expected


def _each_is_live(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    for name in act.people:
        yield Due(f"{name} is live with exactly one open session", "C5")
    for name in act.people:
        yield Due(f"{name}'s session is listed as live", "C5")
        yield Due(f"{name}'s session has the title that was asked for", "G1")


def _key_is_fresh(expected: Expected, act: Act) -> bool:
    return expected.of(act.host).phase is REST and not any(room.key for room in expected.rooms.values())


def _sent_with_key(expected: Expected, act: Act) -> Expected:
    room = expected.of(act.host).begins(known=False)
    return expected.with_room(act.host, replace(room, key=True, keyed=True))


def _same_session(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(f"both times {act.host} was given the same session", "C4")
    yield Due(f"{act.host} is live with exactly one open session", "C4")
    yield Due(f"{act.host}'s session is listed as live", "L1")


def _both_with_key(expected: Expected, act: Act) -> Expected:
    expected = _both_live(expected, act)
    for name in act.people:
        expected = expected.changed(name, key=True)
    return expected


def _has_no_room(expected: Expected, act: Act) -> bool:
    return act.others[0] not in expected.housed


def _is_housed(expected: Expected, act: Act) -> Expected:
    return replace(expected, housed=expected.housed | set(act.others))


def _one_room(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(f"each time {act.others[0]} was given the same room", "D3")
    yield Due(f"{act.others[0]} hosts exactly one room", "D3")


_FIRST = "{one} asks for a room {word} times at the same moment"

MEETING = (
    KindOfAct(
        "go live often at once", when("{host} goes live 3 times at the same moment, in {word} rounds"), in_phase(REST),
        _in_rounds,
        _one_went_live("in every round exactly one Go Live of {host} succeeded and the others met the conflict"),
        needs=(_GO, _END), words=("2", "5"), race=True, calmer="go live", tags=("race",),
        parts=lambda act: (Act("go live", act.host), Act("end", act.host), Act("go live", act.host)),
    ),
    KindOfAct(
        "go lives meet", when("{host} goes live {word} times at the same moment while the room is held"),
        in_phase(REST), _one_of_many,
        _one_went_live("exactly one Go Live of {host} succeeded and the others met the conflict"),
        needs=(_GO, _HELD), words=("2", "5"), race=True, calmer="go live", tags=("race", "needs-database-faults"),
    ),
    KindOfAct(
        "end often at once", when("{host} ends the room {word} times at the same moment"), in_phase(LIVE), ends,
        _one_ended, needs=(_END,), words=("2", "3"), race=True, calmer="end", fiercer="ends meet", tags=("race",),
    ),
    KindOfAct(
        "ends meet", when("{host} ends the room {word} times at the same moment while the room is held"),
        in_phase(LIVE), ends, _one_ended, needs=(_END, _HELD), words=("2", "3"), race=True, calmer="end",
        tags=("race", "needs-database-faults"),
    ),
    KindOfAct(
        "go live and end at once", when("{host} goes live and ends the room at the same moment"), in_phase(REST, LIVE),
        _either, _told_the_truth, needs=(_GO, _END), race=True, fiercer="go live, then end, held", tags=("race",),
        parts=lambda act: (Act("go live", act.host),),
    ),
    KindOfAct(
        "go live, then end, held", when("{host} goes live and then ends the room while the room is held"),
        in_phase(REST, LIVE), _either, _told_the_truth, needs=(_GO, _END, _HELD), race=True,
        calmer="go live and end at once", tags=("race", "needs-database-faults"),
    ),
    KindOfAct(
        "end, then go live, held", when("{host} ends the room and then goes live while the room is held"),
        in_phase(REST, LIVE), _either, _told_the_truth, needs=(_GO, _END, _HELD), race=True,
        calmer="go live and end at once", tags=("race", "needs-database-faults"),
    ),
    KindOfAct(
        "join while it ends", when("{one} joins while {host} ends the room, in {word} rounds"), _may_meet, _ends_often,
        _joined_meanwhile, others=GUESTS, words=("2", "5"), needs=(_GO, _END, "operation:join"), race=True,
        fiercer="join behind the end, held", tags=("race",),
    ),
    KindOfAct(
        "join before the end, held", when("{one} joins before {host} ends the room, while the room is held"), _may_meet,
        ends, _joined_meanwhile, others=GUESTS, needs=(_END, "operation:join", _HELD), race=True,
        calmer="join while it ends", tags=("race", "needs-database-faults"),
    ),
    KindOfAct(
        "join behind the end, held",
        when("{one} joins after {host} has begun to end the room, which stands still meanwhile"), _may_meet, ends,
        _joined_meanwhile, others=GUESTS, needs=(_END, "operation:join", _HELD), race=True,
        calmer="join while it ends", tags=("race", "needs-database-faults"),
    ),
    KindOfAct(
        "join, then closed otherwise, held",
        when("{one} joins and behind that {host} {word}, while the room is held"), _may_meet, _ends_often,
        _joined_meanwhile, others=GUESTS, words=tuple(OTHER_ENDS), needs=("operation:join", _HELD), race=True,
        tags=("race", "needs-database-faults"),
    ),
    KindOfAct(
        "end, go live, then closed otherwise, held",
        when("{host} ends the room, goes live again and then {word} while the room is held"), in_phase(LIVE), _either,
        lambda before, after, act: [
            Due(f"{act.host}'s room is at rest, or live with exactly one open session", "C3"),
            *dues.bystanders(before, act, "C5"),
        ],
        words=tuple(OTHER_ENDS), needs=(_GO, _END, _HELD), race=True, tags=("race", "needs-database-faults"),
    ),
    KindOfAct(
        "be back behind the end, held",
        when("{host} ends the room and then announces being back while the room is held"), in_phase(LIVE), ends,
        lambda before, after, act: dues.over(act.host, before.of(act.host), after.of(act.host), "E6"),
        needs=(_END, "operation:host_present", "call-announces", _HELD), race=True, calmer="end",
        tags=("race", "needs-database-faults"),
    ),
    KindOfAct(
        "both go live", when("{host} and {one} go live at the same moment"), _both_at_rest, _both_live, _each_is_live,
        others=_BOTH, hosts=True, needs=(_GO,), race=True, fiercer="both go live, held", tags=("race",),
        parts=lambda act: tuple(Act("go live", host) for host in act.people),
    ),
    KindOfAct(
        "both go live, held", when("{host} and {one} go live at the same moment while all rooms are held"),
        _both_at_rest, _both_live, _each_is_live, others=_BOTH, hosts=True, needs=(_GO, _HELD), race=True,
        calmer="both go live", tags=("race", "needs-database-faults"),
    ),
    KindOfAct(
        "go live past another", when("{host} goes live while {one}'s Go Live waits for a room that is held"),
        _both_at_rest, _both_live, _each_is_live, others=_BOTH, hosts=True, needs=(_GO, _HELD), race=True,
        calmer="both go live", tags=("race", "needs-database-faults"),
    ),
    KindOfAct(
        "first visits", (*given(_ROOMLESS), *when(_FIRST)), _has_no_room, _is_housed, _one_room, others=_NEW,
        words=("2", "5"), needs=("gives-room", "new-people"), race=True, hostless=True, fiercer="first visits meet",
        tags=("race",),
    ),
    KindOfAct(
        "first visits meet", (*given(_ROOMLESS), *when(f"{_FIRST} while no room can be made")), _has_no_room,
        _is_housed, _one_room, others=_NEW, words=("2", "5"), needs=("gives-room", "new-people", _HELD), race=True,
        hostless=True, calmer="first visits", tags=("race", "needs-database-faults"),
    ),
    KindOfAct(
        "go live with a key", when("{host} goes live twice with the same idempotency key"), _key_is_fresh,
        _sent_with_key, _same_session, needs=(_GO, "idempotency"), calmer="go live", tags=("needs-idempotency",),
    ),
    KindOfAct(
        "go live with a key, held",
        when("{host} goes live twice at the same moment with the same idempotency key while the room is held"),
        _key_is_fresh, _sent_with_key, _same_session, needs=(_GO, "idempotency", _HELD), race=True,
        calmer="go live with a key", tags=("race", "needs-idempotency", "needs-database-faults"),
    ),
    KindOfAct(
        "go live with one key",
        when("{host} and {one} go live with the same idempotency key"),
        lambda expected, act: _both_at_rest(expected, act) and _key_is_fresh(expected, act), _both_with_key,
        _each_is_live, others=_BOTH, hosts=True, needs=(_GO, "idempotency"), calmer="both go live",
        tags=("needs-idempotency",),
    ),
)  # fmt: skip

"""What becomes of rooms by themselves or past everybody: stuck, failing writes, restarts, moments that were planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from greenroom.relations.stuck_kinds import STUCK_STATUSES, Pointer
from greenroom.scenario.explore import dues
from greenroom.scenario.explore.act import GIVEN, WHEN, Act, Due, KindOfAct, SaidStep
from greenroom.scenario.explore.expected import BUSY, Expected, Phase
from greenroom.scenario.explore.hosting import (
    GUESTS,
    ends,
    given,
    in_phase,
    live_with_guests,
    stays,
    unchanged,
    used_and_at_rest,
    when,
)
from greenroom.scenario.explore.visiting import comes_in

REST, LIVE, STUCK, ORPHANED = Phase.REST, Phase.LIVE, Phase.STUCK, Phase.ORPHANED
_STUCK_IN = tuple(f"{status} with {pointer}" for status in STUCK_STATUSES for pointer in Pointer)
_SOON = "{host} is live with {one} as a guest, and a planned end soon"
_STUCK = "{host}'s room is stuck in {word}, and {one} inside"
_ORPHANED = "{host}'s room is idle with an orphaned open session, and {one} inside"
_FOR_HOURS = "{host} has been live for hours with {one} as a guest"
_GO = "operation:go_live"
_FAILS = "the next write to the listing of {host}'s room fails"


def _gets_stuck(expected: Expected, act: Act) -> Expected:
    room = replace(expected.of(act.host).begins(STUCK, kept=False), sessions=None, known=_has_session(act))
    return expected.with_room(act.host, room)


def _has_session(act: Act) -> bool:
    return not act.word.endswith((str(Pointer.NONE), str(Pointer.MISSING)))


def _is_orphaned(expected: Expected, act: Act) -> Expected:
    room = replace(expected.of(act.host).begins(ORPHANED, kept=False), sessions=None)
    return expected.with_room(act.host, room)


def _is_long_ago(expected: Expected, act: Act) -> Expected:
    return expected.changed(act.host, sessions=None)


def _recovers(expected: Expected, act: Act) -> Expected:
    return _live_again(expected, act) if expected.rules.heals else expected


def _orphan_goes(expected: Expected, act: Act) -> Expected:
    return _live_again(expected, act) if expected.rules.closes_orphans else expected


def _live_again(expected: Expected, act: Act) -> Expected:
    return expected.with_room(act.host, replace(expected.of(act.host).begins(kept=False), sessions=None))


def _conflict_or_live(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(
        f"{act.host} meets the conflict and nothing has changed, or is live with one open session", "R3", compares=True
    )
    yield from dues.bystanders(before, act, "R4")


def _conflict_or_closed(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(
        f"{act.host} meets the conflict and nothing has changed, or is live and the orphaned session is closed",
        "R5", compares=True,
    )  # fmt: skip
    yield from dues.bystanders(before, act, "R4")


def _listed_or_rolled_back(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(
        f"{act.host}'s session is listed as live, or going live was refused and nothing has changed", "L6",
        compares=True,
    )  # fmt: skip
    yield from dues.as_it_stands(act.host, after.of(act.host), "L6")


def _unlisted_or_rolled_back(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(
        f"{act.host}'s session is no longer listed as live, or ending was refused and nothing has changed", "L6",
        compares=True,
    )  # fmt: skip
    yield from dues.as_it_stands(act.host, after.of(act.host), "L6")


def _begins_unless_rolled_back(expected: Expected, act: Act) -> Expected:
    if expected.rules.rolls_back:
        return expected.changed(act.host, faulted=True, titled=False)
    return expected.with_room(act.host, expected.of(act.host).begins(faulted=True))


def _ends_unless_rolled_back(expected: Expected, act: Act) -> Expected:
    tried = expected if expected.rules.rolls_back else ends(expected, act)
    return tried.changed(act.host, faulted=True)


def _unseen_at_rest(expected: Expected, act: Act) -> bool:
    """The room is at rest, and nobody has its page open, which might write where a state is arranged."""
    return expected.of(act.host).phase is REST and not expected.lookers(act.host)


def _not_yet(phase: Phase) -> Callable[[Expected, Act], bool]:
    """So the room stands, and no write of it was made to fail yet: the database takes that once."""
    return lambda expected, act: expected.of(act.host).phase is phase and not expected.of(act.host).faulted


def _used(expected: Expected, act: Act) -> Expected:
    return expected.with_room(act.host, expected.of(act.host).begins().ends())


def _over_by_itself(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(f"{act.host}'s room is at rest", "P2")
    yield Due(f"{act.host}'s session is over and nobody is left inside", "P2")
    yield Due(f"{act.host}'s session is no longer listed as live", "P2")
    yield from dues.bystanders(before, act, "C5")


def _live_after_it(expected: Expected, act: Act) -> Expected:
    room = expected.of(act.host).begins().ends().begins(present=True, kept=False)
    return expected.with_room(act.host, room)


def _live_and_former_closed(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(f"{act.host} is live with exactly one open session", "P2")
    yield Due(f"the stuck session of {act.host} is closed and nobody is left inside", "P2")
    yield Due(f"{act.host}'s session is listed as live", "P2")


def _next_with_guest(expected: Expected, act: Act) -> Expected:
    room = expected.of(act.host).begins().ends().begins(present=True, kept=False)
    return expected.with_room(act.host, comes_in(room, act.others[0]))


def _goes_on(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(f"{act.host} stays live in the same session", "P3")
    yield Due(f"{act.others[0]} is inside {act.host}'s session", "P3")
    yield Due(f"{act.host}'s session is listed as live", "P3")


def _opens(expected: Expected, act: Act) -> Expected:
    return expected.with_room(act.host, comes_in(expected.of(act.host).begins(), act.others[0]))


def _has_opened(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due(f"{act.others[0]} is inside {act.host}'s session", "P1")
    yield Due(f"{act.host} is live with exactly one open session", "P1")
    yield Due(f"{act.host}'s session is listed as live", "P1")


def _may_come_at_rest(expected: Expected, act: Act) -> bool:
    room = expected.of(act.host)
    return room.phase is REST and not room.banned & set(act.others)


def _may_come_unseen(expected: Expected, act: Act) -> bool:
    return _unseen_at_rest(expected, act) and _may_come_at_rest(expected, act)


def _is_on_for_hours(expected: Expected, act: Act) -> Expected:
    room = replace(expected.of(act.host).begins(long=True, kept=False), sessions=None)
    return expected.with_room(act.host, comes_in(room, act.others[0]))


CIRCUMSTANCES = (
    KindOfAct(
        "get stuck", given(_STUCK), _unseen_at_rest, _gets_stuck, lambda before, after, act: [], given=_STUCK,
        others=GUESTS, words=_STUCK_IN, needs=("arrange:set_room", "arrange:add_session", "disposable"),
        calmer="go live", parts=live_with_guests,
    ),
    KindOfAct(
        "be live for hours", given(_FOR_HOURS), _may_come_unseen, _is_on_for_hours, lambda before, after, act: [],
        given=_FOR_HOURS, others=GUESTS, needs=("arrange:set_room", "arrange:add_session", "disposable"),
        calmer="go live", parts=live_with_guests,
    ),
    KindOfAct(
        "go live from stuck", when("{host} tries to go live through the gateway"), in_phase(STUCK), _recovers,
        _conflict_or_live, needs=(_GO,),
    ),
    KindOfAct(
        "entry gets old", given("{host}'s entry is of some hours ago"), used_and_at_rest, _is_long_ago,
        lambda before, after, act: [], given="{host}'s entry is of some hours ago",
        needs=("arrange:set_listing", "arrange:add_session", "disposable"),
    ),
    KindOfAct(
        "be orphaned", given(_ORPHANED), _unseen_at_rest, _is_orphaned, lambda before, after, act: [], given=_ORPHANED,
        others=GUESTS, needs=("arrange:add_session", "disposable"),
    ),
    KindOfAct(
        "go live over an orphan", when("{host} tries to go live through the gateway"), in_phase(ORPHANED), _orphan_goes,
        _conflict_or_closed, needs=(_GO,),
    ),
    KindOfAct(
        "go live, listing fails",
        (SaidStep(GIVEN, _FAILS), SaidStep(WHEN, "{host} tries to go live through the gateway")),
        _not_yet(REST), _begins_unless_rolled_back, _listed_or_rolled_back, needs=(_GO, "fault:listing"),
        calmer="go live", tags=("needs-database-faults",),
    ),
    KindOfAct(
        "end, listing fails",
        (SaidStep(GIVEN, _FAILS), SaidStep(WHEN, "{host} tries to end the room through the gateway")),
        _not_yet(LIVE), _ends_unless_rolled_back, _unlisted_or_rolled_back, needs=("operation:end", "fault:listing"),
        calmer="end", tags=("needs-database-faults",),
    ),
    KindOfAct(
        "end, room is held",
        (
            SaidStep(GIVEN, "another write holds {host}'s room for a while"),
            SaidStep(WHEN, "{host} ends the room through the gateway"),
        ),
        in_phase(*BUSY), ends,
        lambda before, after, act: dues.over(
            act.host, before.of(act.host), after.of(act.host), "E1",
            cancelled=before.of(act.host).phase is not LIVE,
        ),
        needs=("operation:end", "database-faults"), calmer="end", tags=("needs-database-faults",), slow=True,
    ),
    KindOfAct(
        "restart", when("the gateway restarts"), in_phase(*Phase), stays, unchanged("E6"), needs=("restart",),
        slow=True, tags=("needs-restart",),
    ),
    KindOfAct(
        "planned end passes, somebody asks",
        (*given(_SOON), *when("the planned end has passed"), *when("{one} asks for the state of {host}'s room")),
        _may_come_at_rest, _used, _over_by_itself, others=GUESTS, needs=(_GO, "operation:room_state", "planned-end"),
        slow=True, tags=("needs-planned-end",),
    ),
    KindOfAct(
        "planned end passes, host goes live",
        (*given(_SOON), *when("the planned end has passed"), *when("{host} goes live through the gateway")),
        _may_come_at_rest, _live_after_it, _live_and_former_closed, others=GUESTS, needs=(_GO, "planned-end"),
        slow=True, tags=("needs-planned-end",),
    ),
    KindOfAct(
        "planned end of the former passes",
        (
            *given(_SOON, "{host} has ended the room"), *when("{host} goes live through the gateway"),
            *when("the planned end has passed"), *when("{one} joins {host}'s room"),
        ),
        _may_come_at_rest, _next_with_guest, _goes_on, others=GUESTS,
        needs=(_GO, "operation:end", "operation:join", "planned-end"), slow=True, tags=("needs-planned-end",),
    ),
    KindOfAct(
        "planned start passes",
        (
            *given("{host} has scheduled a session that begins soon"), *when("the planned start has passed"),
            *when("{one} joins {host}'s room"),
        ),
        _may_come_at_rest, _opens, _has_opened, others=GUESTS,
        needs=("operation:schedule", "operation:join", "scheduling", "opens-by-itself"), slow=True,
        tags=("needs-scheduling", "needs-opens-by-itself"),
    ),
)  # fmt: skip

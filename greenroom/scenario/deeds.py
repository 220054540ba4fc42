"""Every deed of a host, tried by somebody who may not: each described operation that changes a room, in a state in
which its host would succeed (S6). What is tried comes from the target file, so that no operation is forgotten."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from greenroom.claims import rooms
from greenroom.claims.deeds import Deed, has_changed_nothing, was_turned_away
from greenroom.claims.fact import facts_of, seen
from greenroom.core.errors import NotApplicable
from greenroom.drivers.account import Account
from greenroom.drivers.gateway import now
from greenroom.drivers.outcome import Outcome
from greenroom.people.forged_tokens import public_key
from greenroom.people.person import Person
from greenroom.scenario import actions
from greenroom.scenario.world import World
from greenroom.scenario.worthless_proofs import worthless
from greenroom.targetfile.operations import (
    BEGINS_A_SESSION,
    OF_ANYBODY,
    OF_WHAT_IS_TO_COME,
    OPERATIONS,
    READS,
    TO_WHO_WAITS,
)

_AN_HOUR = 3600.0
A_GUEST, _ANOTHER, _A_MEMBER, _ELSEWHERE = "Grace", "Joan", "Mallory", "Zoe"


Intruder = Callable[[World, Person], Account | None]
"""Makes the account as which somebody tries what only the given host may do; None for nobody at all."""


def _nobody(world: World, host: Person) -> Account | None:
    return Account(world.people.person(_A_MEMBER).account_id, "nobody")  # a request that names somebody is complete


def _visitor_naming(world: World, host: Person) -> Account | None:
    return Account(host.account_id, "a visitor")


def _guest(world: World, host: Person) -> Account | None:
    return world.people.person(A_GUEST).account


def _member(world: World, host: Person) -> Account | None:
    return world.people.person(_A_MEMBER).account


def _member_naming(world: World, host: Person) -> Account | None:
    account = _member(world, host)
    return dataclasses.replace(account, account_id=host.account_id) if account is not None else None


def _another_host(world: World, host: Person) -> Account | None:
    other = world.people.host(_A_MEMBER)
    if other.room_id and world.gateway.offers("end"):  # what she has sent before may have begun a session of her own
        with contextlib.suppress(NotApplicable):
            world.gateway.attempt("end", other.account, room=other.room_id)
    if other.room_id and world.gateway.offers("go_live"):
        actions.go_live_unnoticed(world, other)
    return other.account


def _elsewhere(world: World, host: Person) -> Account | None:
    return world.people.newcomer_elsewhere(_ELSEWHERE).account


def _with_proof(kind: str) -> Intruder:
    def host_with(world: World, host: Person) -> Account | None:
        return worthless(world, host, kind)

    return host_with


def _public_key(world: World, host: Person) -> Account | None:
    assert host.account is not None
    return public_key(world.target, host.account)


INTRUDERS: Mapping[str, Intruder] = {
    "somebody who is not signed in": _nobody,
    "somebody who is not signed in and names the host": _visitor_naming,
    "a guest": _guest,
    "a member": _member,
    "a member who names the host": _member_naming,
    "the host of another room": _another_host,
    "a member of another tenant": _elsewhere,
    "somebody with an expired token of the host": _with_proof("an expired token"),
    "somebody with an altered token of the host": _with_proof("a forged token"),
    "somebody with a foreign token of the host": _with_proof("a foreign token"),
    "somebody with the public key of the page": _public_key,
}


_THEMSELVES = (_guest, _member, _member_naming, _another_host, _elsewhere)
"""Those who have a sign-in of their own, and with it perhaps a room."""

_NAMING = (_visitor_naming, _member_naming)
"""Those who say that they are the host: where the target describes it, and in other places as well."""


def try_every_deed(world: World, intruder: Intruder, host: Person) -> None:
    """Whatever the target describes that changes a room, tried as the intruder: what begins a session while the host's
    room is at rest, what opens one that is to come while it is, what is done to those who wait while they wait in the
    lobby, all else while the host is live with guests inside. What came of it is kept.

    Raises NotApplicable where nothing of the kind is described.
    """
    left_out = OF_ANYBODY | READS | ({"ban"} if world.target.people.source == "pool" else set())  # it would stay
    names = [name for name in world.target.operations if name not in left_out]
    deeds = [name for name in names if world.target.operations[name].method != "GET"]
    if not deeds:
        raise NotApplicable("operations", "the target describes no operation that changes a room")
    somebody = intruder(world, host)
    leaver = somebody.account_id if somebody is not None and intruder is _guest else ""
    at_rest = [name for name in deeds if name in BEGINS_A_SESSION]
    in_the_lobby = [name for name in deeds if name in TO_WHO_WAITS and world.gateway.offers("open_doors")]
    to_come = [name for name in deeds if name in OF_WHAT_IS_TO_COME and world.gateway.offers("schedule")]
    live = [name for name in deeds if name not in at_rest and name not in TO_WHO_WAITS | OF_WHAT_IS_TO_COME]

    def attempt(operations: Sequence[str]) -> list[Deed]:
        done = _try(world, operations, somebody, host, leaver=leaver)
        if intruder in _NAMING:
            through = [name for name in operations if not world.target.operations[name].is_past_the_gateway(name)]
            beside = _try(world, through, somebody, host, world.gateway.attempt_naming)
            done += [dataclasses.replace(one, naming=True) for one in beside]
        return [dataclasses.replace(one, own=_may_be_their_own(world, intruder, one)) for one in done]

    world.deeds = attempt(at_rest)
    if not have_changed_nothing(world.deeds):
        return  # what comes next takes a room that is as the host left it
    if to_come:
        actions.schedule(world, host, hours=24)
        world.deeds += attempt(to_come)
        if not have_changed_nothing(world.deeds):
            return
        actions.have_ended(world, host)
    if in_the_lobby:
        actions.open_doors(world, host)
        _come_in(world, host)
        world.deeds += attempt(in_the_lobby)
        if not have_changed_nothing(world.deeds):
            return
        actions.have_ended(world, host)
    if live:
        actions.be_live(world, host)
        _come_in(world, host)
        world.deeds += attempt(live)


def have_changed_nothing(deeds: Sequence[Deed]) -> bool:
    """Whether no row of the room is other than it was before each."""
    return all(fact.holds for deed in deeds for fact in seen(deed.unchanged))


def _may_be_their_own(world: World, intruder: Intruder, deed: Deed) -> bool:
    described = world.target.operations[deed.outcome.operation]
    return intruder in _THEMSELVES and deed.outcome.operation in OPERATIONS and not described.names_room


def expect_turned_away(world: World) -> None:
    """Each that was tried through the gateway was refused because of who asked, or told of nothing that was done.
    What a data API answers is its own affair: the rows tell."""
    for deed in world.deeds:
        name = deed.outcome.operation
        if not deed.naming and not world.target.operations[name].is_past_the_gateway(name):
            world.confirm(was_turned_away(deed))


def expect_nothing_changed(world: World) -> None:
    """No row of the room is other than it was before each."""
    for deed in world.deeds:
        world.confirm(has_changed_nothing(deed))


def _come_in(world: World, host: Person) -> None:
    for guest in (A_GUEST, _ANOTHER):
        actions.join(world, world.people.person(guest), host)


def _try(
    world: World,
    operations: Sequence[str],
    somebody: Account | None,
    host: Person,
    how: Callable[..., Outcome] | None = None,
    *,
    leaver: str = "",
) -> list[Deed]:
    attempt_it = how or world.gateway.attempt
    guest = world.people.person(_ANOTHER).account_id  # to put oneself out may be as good as leaving

    def attempt(operation: str) -> Outcome:
        wish = {"title": world.naming.title(), "topics": ["talk"], "starts_at": now(_AN_HOUR), "guest": guest}
        return attempt_it(operation, somebody, room=host.room_id, **wish)

    return tried(world, host, [partial(attempt, operation) for operation in operations], leaver=leaver)


def tried(
    world: World, host: Person, attempts: Sequence[Callable[[], Outcome]], who: str = "", *, leaver: str = ""
) -> list[Deed]:
    """Each attempt, made in its turn, with whether the rows of the host's room are as before it, but for the leaving of
    `leaver`, who is inside and may go. Where rows come late that is seen only of all of them: the last is told with
    what has changed since the first."""
    world.let_rows_come()
    world.let_listing_follow(world.look(), arranging=True)
    first, deeds = world.look(), list[Deed]()
    for number, attempt in enumerate(attempts, 1):
        before, outcome = world.look(), attempt()
        if number == len(attempts) and world.worker.lateness.is_known:
            before = first
            world.let_rows_come()
        unchanged = facts_of(rooms.unchanged(before, [host.room_id], leaver=leaver), world.look())
        deeds.append(Deed(outcome, tuple(unchanged), who))
    return deeds

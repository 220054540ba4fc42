"""What those try who may not: guests, members, other hosts, another tenant, visitors, worthless proofs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from greenroom.scenario.explore import dues
from greenroom.scenario.explore.act import BETWEEN_WORDS, Act, Due, KindOfAct
from greenroom.scenario.explore.expected import BUSY, Expected, Phase
from greenroom.scenario.explore.hosting import in_phase, stays, unchanged, when
from greenroom.targetfile.operations import DEEDS_AT_REST, DEEDS_PAST_THE_GATEWAY, DEEDS_WHEN_LIVE

REST, LIVE, LOBBY = Phase.REST, Phase.LIVE, Phase.LOBBY
GUEST = "Grace"
_STRANGERS = (("Mallory",), ("Nemo",), ("Mary",), (GUEST,))
_MEMBERS = (("Mallory",), ("Mary",), (GUEST,))
_TENANT = (("Zoe",),)

_PROOFS = tuple(
    f"{proof}{BETWEEN_WORDS}{deed}"
    for proof in ("a forged token", "an expired token", "a foreign token", "an unsigned token", "a token that is none")
    for deed in ("end the room", "go live", "see the room", "find a room")
)
_INTRUDERS = (
    "somebody who is not signed in",
    "somebody who is not signed in and names the host",
    "a guest",
    "a member",
    "a member who names the host",
    "a member of another tenant",
    "somebody with an expired token of the host",
    "somebody with an altered token of the host",
    "somebody with the public key of the page",
)
_NONSENSE = ("an id with a quote", "an id of another world", "an id that is too long", "a title that is a table")


def _other(*those: Phase) -> Callable[[Expected, Act], bool]:
    """The room is in one of these phases. A guest tries while inside, where there is an inside: else they are a member
    like any other."""

    def can(expected: Expected, act: Act) -> bool:
        room, who = expected.of(act.host), act.others[0]
        return room.phase in those and (who != GUEST or room.phase is not LIVE or who in room.inside)

    return can


def _refused(words: str, promise: str) -> Callable[[Expected, Expected, Act], Iterator[Due]]:
    def due(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
        refusal = "unauthenticated" if act.others[0] == "Nemo" else words
        yield Due(f"{act.others[0]} is refused as {refusal}", promise)
        yield from _as_it_was(before, act, promise)

    return due


def _as_it_was(before: Expected, act: Act, promise: str) -> Iterator[Due]:
    for host in sorted({act.host, *before.rooms}):
        yield dues.nothing_changed(host, promise if host == act.host else "C5")


def _at_every_deed(expected: Expected, act: Act) -> Expected:
    room = expected.of(act.host).begins(present=True)
    return expected.with_room(act.host, replace(room, inside=frozenset({"Grace", "Joan"}), sessions=None, kept=False))


def _in_parts(act: Act) -> tuple[Act, ...]:
    """What the host and the guests do in it, whoever tries what."""
    host = act.host
    lobby = (Act("open the doors", host, ("Grace",)), Act("come to the lobby", host, ("Joan",)), Act("end", host))
    return (*lobby, Act("go live", host), Act("join", host, ("Grace",)), Act("join", host, ("Joan",)))


def _each_turned_away(before: Expected, after: Expected, act: Act) -> Iterator[Due]:
    yield Due("nothing that was tried has changed the room", "S6")
    yield Due("whoever tried it was turned away each time", "S6")
    yield from dues.as_it_stands(act.host, after.of(act.host), "S6")
    yield from dues.bystanders(before, act, "S6")


def _unbanned(expected: Expected, act: Act) -> bool:
    return expected.of(act.host).phase is REST and not expected.of(act.host).banned


STRANGERS = (
    KindOfAct(
        "stranger ends", when("{one} tries to end {host}'s room through the gateway"), _other(LIVE), stays,
        _refused("not the host", "E10"), others=_STRANGERS, needs=("operation:end",), known=True,
    ),
    KindOfAct(
        "stranger cancels", when("{one} tries to cancel {host}'s session through the gateway"),
        _other(LIVE, LOBBY, Phase.SCHEDULED), stays, _refused("not the host", "E10"), others=_STRANGERS,
        needs=("operation:cancel", "cancelling"), known=True, tags=("needs-cancelling",),
    ),
    KindOfAct(
        "stranger begins", when("{one} tries to {word} in {host}'s room through the gateway"), _other(REST), stays,
        unchanged("S5", Due("{one} is turned away", "S5")), others=_STRANGERS, words=tuple(DEEDS_AT_REST), known=True,
    ),
    KindOfAct(
        "stranger acts", when("{one} tries to {word} in {host}'s room through the gateway"), _other(LIVE), stays,
        unchanged("S5", Due("{one} is turned away", "S5")), others=_STRANGERS, words=tuple(DEEDS_WHEN_LIVE), known=True,
    ),
    KindOfAct(
        "stranger tries everything", when("{one} tries everything on {host}'s room through the gateway"),
        _other(REST, LIVE, LOBBY, Phase.STUCK), stays,
        unchanged(
            "S3", Due("{one} was refused every time", "S3"), Due("no answer gives anything away", "S3")
        ),
        others=(("Mallory",), ("Zoe",)), known=True, needs=("operation:end",),
    ),
    KindOfAct(
        "stranger writes past the gateway", when("{one} tries to {word} of {host} through the data API"),
        _other(REST, LIVE, LOBBY, Phase.SCHEDULED, Phase.STUCK), stays, unchanged("S1"), others=_MEMBERS,
        words=tuple(DEEDS_PAST_THE_GATEWAY), needs=("data-api",), known=True, tags=("needs-data-api",),
    ),
    KindOfAct(
        "other tenant asks", when("{one} asks for the state of {host}'s room"), _other(REST, LIVE), stays,
        unchanged("S4", Due("{one} was told nothing", "S4")), others=_TENANT,
        needs=("operation:room_state", "multi-tenant"), known=True, tags=("needs-multi-tenant",),
    ),
    KindOfAct(
        "somebody asks", when("{one} asks for the state of {host}'s room"), _other(REST, *BUSY), stays, unchanged("E6"),
        others=(("Mallory",), (GUEST,)), needs=("operation:room_state",), known=True,
    ),
    KindOfAct(
        "visitor reads a private entry", when("{one} reads {host}'s entry past the gateway"),
        lambda expected, act: expected.of(act.host).private, stays,
        unchanged("G5", Due("{one} was told nothing", "G5")), others=(("Nemo",),),
        needs=("operation:read_entry", "private-sessions"), known=True, tags=("needs-private-sessions",),
    ),
    KindOfAct(
        "worthless proof", when("somebody with {first} for {host} tries to {second} through the gateway"),
        in_phase(REST, LIVE), stays,
        unchanged("S2", Due("{host} is refused as unauthenticated", "S2")), words=_PROOFS, needs=("operation:end",),
    ),
    KindOfAct(
        "nonsense", when("{host} sends {word} through the gateway"), in_phase(LIVE), stays,
        unchanged("S3", Due("{host} was refused every time", "S3"), Due("no answer gives anything away", "S3")),
        words=_NONSENSE, needs=("operation:end",),
    ),
    KindOfAct(
        "no such room", when("{host} tries to end {word} through the gateway"), in_phase(LIVE), stays,
        lambda before, after, act: [
            Due(
                f"{act.host} is refused as {'no such room' if act.word == 'a room nobody knows' else 'a malformed id'}",
                "E10",
            ),
            *_as_it_was(before, act, "E10"),
        ],
        words=("a room nobody knows", "a room that is no room"), needs=("operation:end",),
    ),
    KindOfAct(
        "every deed tried", when("{word} tries every deed of {host}, at rest and live"), _unbanned, _at_every_deed,
        _each_turned_away, words=_INTRUDERS, needs=("operation:go_live", "operation:join", "new-people"), slow=True,
        parts=_in_parts,
    ),
)  # fmt: skip

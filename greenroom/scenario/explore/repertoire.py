"""The acts that there are for a target: every kind that it describes the operations for, by whom there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from greenroom.relations.stuck_kinds import Pointer, StuckKind
from greenroom.scenario import presence
from greenroom.scenario.explore.act import Act, KindOfAct
from greenroom.scenario.explore.circumstances import CIRCUMSTANCES
from greenroom.scenario.explore.expected import Expected, Hosting, Rules
from greenroom.scenario.explore.host_pages import HOST_PAGES
from greenroom.scenario.explore.hosting import HOSTING
from greenroom.scenario.explore.meeting import MEETING, OTHER_ENDS
from greenroom.scenario.explore.other_pages import OTHER_PAGES
from greenroom.scenario.explore.out_of_turn import OUT_OF_TURN
from greenroom.scenario.explore.page_troubles import PAGE_TROUBLES
from greenroom.scenario.explore.strangers import STRANGERS
from greenroom.scenario.explore.visiting import VISITING
from greenroom.scenario.explore.ways_on_pages import WAYS_ON_PAGES
from greenroom.scenario.told_state import tellers
from greenroom.targetfile.capabilities import CAPABILITIES
from greenroom.targetfile.model import Target
from greenroom.targetfile.operations import DEEDS_AT_REST, DEEDS_PAST_THE_GATEWAY, DEEDS_WHEN_LIVE

_OVER_HTTP = (*HOSTING, *VISITING, *MEETING, *STRANGERS, *OUT_OF_TURN, *CIRCUMSTANCES)
_ON_PAGES = (*HOST_PAGES, *PAGE_TROUBLES, *OTHER_PAGES, *WAYS_ON_PAGES)
KINDS: Mapping[str, KindOfAct] = {kind.name: kind for kind in (*_OVER_HTTP, *_ON_PAGES)}
"""All kinds of acts, by name."""

HOST, OTHER_HOST = "Ada", "Mary"
_ROSTER = ("Ada", "Grace", "Mallory", "Joan", "Mary", "Edith")
"""Who takes part, in the order in which a pool of accounts is used."""
SIGNED_OUT, ELSEWHERE = "Nemo", "Zoe"
PEOPLE = (*_ROSTER, SIGNED_OUT, ELSEWHERE)
"""Everybody whom acts name."""
_OPERATIONS_OF_WORDS = {
    "stranger begins": DEEDS_AT_REST,
    "stranger acts": DEEDS_WHEN_LIVE,
    "stranger writes past the gateway": DEEDS_PAST_THE_GATEWAY,
    "join, then closed otherwise, held": OTHER_ENDS,
    "end, go live, then closed otherwise, held": OTHER_ENDS,
}
_PAGE = "page"
"""What the kinds of acts on pages need."""
BESIDE_PAGES = frozenset(
    {"go live", "go live with a title", "go live privately", "go live again", "end", "end again", "cancel", "reset"}
    | {"schedule", "open the doors", "get stuck", "be orphaned", "join", "leave", "put out", "ban"}
    | {"come to the lobby", "let in", "turn away", "be away", "stranger ends", "end often at once", "ends meet"}
)
"""The kinds of acts over HTTP that are mixed with those on pages: cheap ones, which change what pages have to show."""
_OF_ANOTHER_TENANT = "another tenant"


@dataclass(frozen=True)
class Repertoire:
    """What can be done on a target, and what it declares."""

    kinds: tuple[KindOfAct, ...]
    rules: Rules
    people: frozenset[str]

    def begin(self, *, two: bool) -> Expected:
        """As it is before the first act; with `two` hosts, where there are people enough."""
        hosts = (HOST, OTHER_HOST) if two and OTHER_HOST in self.people else (HOST,)
        return Expected(self.rules, {host: Hosting() for host in hosts})

    def without(self, act: Act) -> Repertoire:
        """The same without what turned out not to be for this target: the act's kind with the act's word."""
        kinds = (
            replace(kind, words=tuple(word for word in kind.words if kind.name != act.kind or word != act.word))
            for kind in self.kinds
        )
        return replace(self, kinds=tuple(kind for kind in kinds if kind.words))

    def acts(self, kind: KindOfAct, expected: Expected) -> Iterator[Act]:
        """Every act of that kind that makes sense as things are expected to be."""
        for host in expected.rooms:
            for others in kind.others:
                if host in others or not set(others) <= self.people:
                    continue
                for word in kind.words:
                    act = Act(kind.name, host, others, word)
                    if kind.can(expected, act):
                        yield act


def repertoire_of(target: Target, can_arrange: Callable[[str], bool], *, on_pages: bool = False) -> Repertoire:
    """What can be done on the target; `can_arrange` says which arrangements it has, and lets us carry out. `on_pages`:
    on its pages, with what changes them; else over HTTP."""
    people = set(_ROSTER[: len(target.people.pool)] if target.people.source == "pool" else _ROSTER)
    people.add(SIGNED_OUT)
    if target.can("multi-tenant") and _meets(target, "new-people", can_arrange):
        people.add(ELSEWHERE)
    kinds = []
    for kind in KINDS.values():
        chosen = _PAGE in kind.needs or kind.name in BESIDE_PAGES if on_pages else _PAGE not in kind.needs
        if chosen and all(_meets(target, need, can_arrange) for need in kind.needs):
            words = tuple(word for word in kind.words if _can_say(target, kind, word))
            if words:
                kinds.append(replace(kind, words=words))
    rules = Rules(
        heals=target.can("self-reset"),
        closes_orphans=target.states.orphans == "closed",
        rolls_back=target.can("listing-transaction"),
        admission=target.can("admission"),
        tells=bool(tellers(target)),
        follows=target.can("viewer-updates"),
        public=target.can("public-listing"),
        notices=target.can("conflict-notice"),
        says_to_wait=target.web is not None and bool(target.web.viewer.waits),
    )
    return Repertoire(tuple(kinds), rules, frozenset(people))


def _meets(target: Target, need: str, can_arrange: Callable[[str], bool]) -> bool:
    what, _, name = need.partition(":")
    match what:
        case "operation":
            return name in target.operations
        case "arrange":
            return can_arrange(name)
        case "fault":
            return bool(target.can("database-faults") and target.write_fault(name)) and not (
                name == "listing" and target.states.entries_follow
            )
        case "disposable":
            return target.environment == "disposable"
        case "new-people":
            return target.people.source != "pool"
        case "counts":
            described = target.operations.get("room_state")
            return described is not None and "people_or_none" in described.answer
        case "call-announces":
            return presence.by_call(target)
        case "page":
            return target.web is not None
        case "comes-in-by-page":
            return target.web is not None and target.web.viewer.come_in is not None
        case "leaves-by-page":
            return target.web is not None and bool(target.web.viewer.leave)
        case "forged-state":
            return target.web is not None and bool(target.web.viewer.forged_state)
        case "sign-out":
            return bool(target.browser_sign_in.sign_out)
        case "gives-room":
            return not target.operations.keys().isdisjoint({"create_room", "my_room"})
    assert need in CAPABILITIES, need
    return target.can(need)


def _can_say(target: Target, kind: KindOfAct, word: str) -> bool:
    """Whether the word stands for something that the target has."""
    if operations := _OPERATIONS_OF_WORDS.get(kind.name):
        return operations[word] in target.operations
    if kind.name == "get stuck":
        status, _, pointer = word.partition(" with ")
        states, kind_of_room = target.states, StuckKind(status, Pointer(pointer))
        return not kind_of_room.ruled_out(
            states.rooms, states.sessions, follows=states.rooms_follow, mirrors=states.rooms_mirror
        )
    if word in ("a phone", "a phone on its side"):
        return target.can("phones")
    return _OF_ANOTHER_TENANT not in word or target.can("multi-tenant")

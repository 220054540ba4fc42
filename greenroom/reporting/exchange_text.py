"""HTTP exchanges as text: in one line, in full, and which few of a scenario tell most about its failure."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from greenroom.core.verdict import Verdict
from greenroom.record.events import Exchange, ScenarioFinished
from greenroom.reporting.words import clip, milliseconds_text, path_of, tail_of

_ROOM = re.compile(r"room ([0-9a-f]{8})…")  # as the record tells of people
_ID = re.compile(r"\b([0-9a-f]{8})-[0-9a-f]{4}-")
_FOR_A_WHILE = re.compile(r"\bmax-age\s*=\s*\"?0*[1-9]|\bimmutable\b", re.I)
_ASKS_AGAIN = re.compile(r"\bno-(?:cache|store)\b", re.I)


@dataclass(frozen=True, slots=True)
class Repeated:
    """An exchange and how many times in a row it went the same way."""

    exchange: Exchange
    times: int


def rooms_in(scenario: ScenarioFinished) -> dict[str, str]:
    """Of a scenario with several rooms, whose each is, by the first letters of its id; nothing where there is but
    one."""
    found = {part: who for who, told in scenario.people.items() for part in _ROOM.findall(told)}
    return found if len(found) > 1 else {}


def one_line(exchange: Exchange, *, body: int = 60, rooms: Mapping[str, str] = MappingProxyType({})) -> str:
    """`POST …/end by Ada -> 500 in 12 ms {"ok":false…}`, with at most `body` characters of the answer; with
    `rooms` of a scenario it names the room."""
    asked = f"{exchange.method} {tail_of(exchange.url)}{_by(exchange)}{_in_room(exchange.url, rooms)}"
    if exchange.fault and exchange.status is None and not exchange.error:
        return f"{asked} -> (fault: {exchange.fault})"  # what the scenario has made of it; what came of it follows
    if exchange.status is None:
        return f"{asked} -> no answer in {milliseconds_text(exchange.seconds)} ({exchange.error or 'no reason given'})"
    answer = clip(exchange.response_body, body) if body else ""
    fault = f" (fault: {exchange.fault})" if exchange.fault else ""
    took = f"in {milliseconds_text(exchange.seconds)}{fault}{_kept(exchange)}"
    return f"{asked} -> {exchange.status} {took} {answer}".rstrip()


def _kept(exchange: Exchange) -> str:
    """That the browser may have had a page's answer from before, and the service was not asked."""
    said = exchange.response_headers.get("cache-control", "")
    may_be = exchange.origin == "page" and _FOR_A_WHILE.search(said) and not _ASKS_AGAIN.search(said)
    return f" (the browser may keep it: {said})" if may_be else ""


def in_full(exchange: Exchange) -> str:
    """The request and the answer as they went over the wire, bodies laid out where they are JSON."""
    said = [f"{exchange.method} {exchange.url}", *_headers(exchange.request_headers)]
    if exchange.request_body:
        said += ["", laid_out(exchange.request_body)]
    said += ["", one_line(exchange, body=0)]
    said += _headers(exchange.response_headers)
    if exchange.response_body:
        said += ["", laid_out(exchange.response_body)]
    return "\n".join(said)


def laid_out(body: str) -> str:
    """A JSON body with line breaks and indentation; any other body as it is."""
    if not body.lstrip().startswith(("{", "[")):
        return body
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body


def failed(exchange: Exchange) -> bool:
    """Whether nobody answered, or the answer is a refusal or an error."""
    return exchange.status is None or exchange.status >= 400


def key_exchanges(scenario: ScenarioFinished, limit: int = 4) -> list[Repeated]:
    """The few exchanges that tell most about a failure, in the order they went.

    Those that failed or met a fault, up to the failing step; where there is room, those that changed something, first
    of the failing step and of the step since which rows are wrong. One of these two has a place in any case. Where what
    an operation tells is wrong, these are also the last answers that people got in the failing step.
    """
    reached = [step for step in scenario.steps if step.verdict is not None]
    last = next((at for at, step in enumerate(reached) if step.verdict != Verdict.PASSED), len(reached) - 1)
    wrong = scenario.failure.wrong if scenario.failure else []
    deciding = {last, *(one.since - 1 for one in wrong)}
    folded = [(at, one) for at, step in enumerate(reached[: last + 1]) for one in fold(step.exchanges)]
    let_in = any(one.how == "not refused" for one in wrong)
    answers = _last_answers(reached[last].exchanges) if any(one.how.startswith("tells") for one in wrong) else ()
    ranks = [
        _DECIDES if id(one.exchange) in answers else _rank(one.exchange, decides=at in deciding, let_in=let_in)
        for at, one in folded
    ]
    ranked = sorted(range(len(folded)), key=lambda place: (ranks[place], place), reverse=True)
    told = [place for place in ranked if ranks[place] > _ARRANGES]
    chosen = (told or [place for place in ranked if ranks[place] == _ARRANGES])[:limit]
    deed = next((place for place in ranked if ranks[place] == _DECIDES), None)
    if deed is not None and deed not in chosen:
        chosen[-1] = deed
    return [folded[place][1] for place in sorted(chosen)]


def _last_answers(exchanges: Iterable[Exchange]) -> Collection[int]:
    """What each was told last who asked the gateway for anything: the identities of these exchanges."""
    asked = [one for one in exchanges if one.method == "GET" and one.channel == "gateway" and one.origin != "page"]
    return {(one.who, path_of(one.url)): id(one) for one in asked}.values()


_TELLING, _DECIDES, _CHANGES, _ARRANGES = 4, 3, 2, 1


def _rank(exchange: Exchange, *, decides: bool, let_in: bool) -> int:
    """How much an exchange tells of a failure, 0 for nothing. What was `let_in` and should not have been may be a
    read."""
    reads = exchange.method in ("GET", "HEAD", "OPTIONS")
    if reads and exchange.status is None and "ERR_ABORTED" in exchange.error:
        return 0  # the page has gone on, and awaits it no more
    if failed(exchange) or exchange.fault:
        return _TELLING
    if reads and (exchange.origin == "page" or not let_in):
        return 0
    if exchange.channel == "auth":
        return _ARRANGES
    return _DECIDES if decides or reads else _CHANGES


def fold(exchanges: Iterable[Exchange]) -> list[Repeated]:
    """Exchanges in order, those in a row that asked and were answered the same counted as one: a poll is one line."""
    folded: list[Repeated] = []
    for exchange in exchanges:
        if folded and _gist(folded[-1].exchange) == _gist(exchange):
            folded[-1] = Repeated(exchange, folded[-1].times + 1)
        else:
            folded.append(Repeated(exchange, 1))
    return folded


def _by(exchange: Exchange) -> str:
    """On whose behalf: `by Ada`, or `by Ada's page`. Of the name that somebody was given for a run its first word."""
    who = "" if exchange.who == "harness" else exchange.who.partition(" ")[0]
    whose = "'s page" if exchange.origin == "page" else ""
    return f" by {who}{whose}" if who else ""


def _in_room(url: str, rooms: Mapping[str, str]) -> str:
    whose = next((rooms[part] for part in _ID.findall(url) if part in rooms), "")
    return f" in {whose}'s room" if whose else ""


def _gist(exchange: Exchange) -> tuple[object, ...]:
    return (
        exchange.channel,
        exchange.origin,
        exchange.who,
        exchange.method,
        path_of(exchange.url),
        exchange.request_body,
        exchange.status,
        exchange.response_body,
        exchange.error,
        exchange.fault,
    )


def _headers(headers: dict[str, str]) -> list[str]:
    return [f"{name}: {value}" for name, value in headers.items()]

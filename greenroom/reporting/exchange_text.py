"""HTTP exchanges as text: in one line, in full, and which few of a scenario tell most about its failure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from greenroom.core.verdict import Verdict
from greenroom.record.events import Exchange, ScenarioFinished
from greenroom.reporting.words import clip, milliseconds_text, path_of, tail_of


@dataclass(frozen=True, slots=True)
class Repeated:
    """An exchange and how many times in a row it went the same way."""

    exchange: Exchange
    times: int


def one_line(exchange: Exchange, *, body: int = 60) -> str:
    """`POST …/end -> 500 in 12 ms {"ok":false…}`, with at most `body` characters of the answer."""
    asked = f"{exchange.method} {tail_of(exchange.url)}"
    if exchange.fault and exchange.status is None and not exchange.error:
        return f"{asked} -> (fault: {exchange.fault})"  # what the scenario has made of it; what came of it follows
    if exchange.status is None:
        return f"{asked} -> no answer in {milliseconds_text(exchange.seconds)} ({exchange.error or 'no reason given'})"
    answer = clip(exchange.response_body, body) if body else ""
    fault = f" (fault: {exchange.fault})" if exchange.fault else ""
    return f"{asked} -> {exchange.status} in {milliseconds_text(exchange.seconds)}{fault} {answer}".rstrip()


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

    Those that failed or met a fault, up to the failing step; where there is room, the last that changed something.
    """
    reached = [step for step in scenario.steps if step.verdict is not None]
    last = next((at for at, step in enumerate(reached) if step.verdict != Verdict.PASSED), len(reached) - 1)
    folded = fold(exchange for step in reached[: last + 1] for exchange in step.exchanges)
    telling = [at for at, one in enumerate(folded) if failed(one.exchange) or one.exchange.fault]
    changing = [at for at, one in enumerate(folded) if one.exchange.method not in ("GET", "HEAD", "OPTIONS")]
    chosen = telling[-limit:]
    room = limit - len(chosen)
    spare = [at for at in changing if at not in chosen][-room:] if room else []
    return [folded[at] for at in sorted([*chosen, *spare])]


def fold(exchanges: Iterable[Exchange]) -> list[Repeated]:
    """Exchanges in order, those in a row that asked and were answered the same counted as one: a poll is one line."""
    folded: list[Repeated] = []
    for exchange in exchanges:
        if folded and _gist(folded[-1].exchange) == _gist(exchange):
            folded[-1] = Repeated(exchange, folded[-1].times + 1)
        else:
            folded.append(Repeated(exchange, 1))
    return folded


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

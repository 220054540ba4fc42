"""What a page's requests were answered with, as far as it belongs to the evidence: the bodies of refusals, and what the
page has read last when a step has failed. All other bodies are left out: they may hold what nobody should read."""

from __future__ import annotations

from playwright.sync_api import Error, Request

from greenroom.record.events import Exchange
from greenroom.record.evidence import Evidence
from greenroom.record.redacted import redacted_exchange

_LONGEST = 2000
_MOST_READS = 3
_GIVES_PROOFS = ("auth", "web", "page")  # what these answer proves who somebody is, or is no data


class PageAnswers:
    """The answers to the requests of one person's pages."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._kept: dict[Request, tuple[list[Exchange], int]] = {}  # where in the evidence a request stands
        self._reads: dict[str, tuple[Request, Exchange]] = {}

    def recorded(self, request: Request, exchange: Exchange) -> None:
        """A request becomes evidence, as yet without what it was answered with."""
        exchanges = self._evidence.current.exchanges
        self._kept[request] = exchanges, len(exchanges)
        self._evidence.exchange(exchange)

    def judged(self, request: Request, status: int, text: str) -> None:
        """The answer to a request has been looked at: what a refusal says belongs to it."""
        kept = self._kept.pop(request, None)
        if kept is not None and status >= 400:
            exchanges, place = kept
            exchanges[place] = self._with_body(exchanges[place], text)

    def read(self, request: Request, exchange: Exchange) -> None:
        """Something was read. It is no evidence as long as nothing fails: a page that polls reads the same for ever."""
        if exchange.channel not in _GIVES_PROOFS:
            self._reads.pop(exchange.url, None)
            self._reads[exchange.url] = request, exchange

    def tell_reads(self) -> None:
        """A step has failed: what the page has read last becomes evidence."""
        over = [(request, exchange) for request, exchange in self._reads.values() if _is_over(request)]
        for request, exchange in over[-_MOST_READS:]:
            try:
                response = request.response()
                text = response.text() if response is not None else ""
                keeping = (response.headers if response is not None else {}).get("cache-control", "")
            except Error:  # the page has gone on, and its answers with it
                continue
            labelled = exchange.model_copy(update={"response_headers": {"cache-control": keeping} if keeping else {}})
            self._evidence.exchange(self._with_body(labelled, text))
        self._reads.clear()

    def _with_body(self, exchange: Exchange, text: str) -> Exchange:
        whole = redacted_exchange(exchange.model_copy(update={"response_body": text}), self._evidence.redactor)
        return whole.model_copy(update={"response_body": whole.response_body[:_LONGEST]})


def _is_over(request: Request) -> bool:
    """Whether its answer has come to its end: that of a stream never does, and would be waited for without end."""
    return request.timing["responseEnd"] >= 0

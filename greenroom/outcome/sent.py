"""Which operation of the target a request was, by method and address: as a step's evidence names what was sent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from greenroom.record.evidence import OpenStep
from greenroom.record.step import Exchange
from greenroom.targetfile.model import Target

_READS = ("GET", "HEAD", "OPTIONS")


def operations_in(target: Target, step: OpenStep) -> list[str]:
    """The names of the requests in a step that may change something, in their order; those that are described."""
    sent = (operation_of(target, exchange) for exchange in step.exchanges if exchange.method not in _READS)
    return [name for name in dict.fromkeys(sent) if name]


def operation_of(target: Target, exchange: Exchange) -> str:
    """The operation, or the request of the page, that an exchange was; "" when it is none that is described."""
    sent = exchange.url.partition("?")[0]
    return next(
        (
            name
            for name, method, address in _described(target)
            if method in ("*", exchange.method) and re.fullmatch(address, sent)
        ),
        "",
    )


def _described(target: Target) -> Iterator[tuple[str, str, str]]:
    """Every operation and page request: its name, method, and what its address looks like."""
    for name, operation in target.operations.items():
        yield name, operation.method, _pattern(target, operation.service, re.sub(r"\{\w+\}", "*", operation.path))
    for name, requests in target.page_requests.items():
        for request in requests:
            if not request.path.endswith("**"):  # which is any request at all
                yield name, request.method, _pattern(target, request.service, request.path)


def _pattern(target: Target, service: str, path: str) -> str:
    base = target.addresses.get(service, "").rstrip("/")
    return re.escape(base) + re.escape(path.partition("?")[0]).replace(r"\*", "[^/]+")

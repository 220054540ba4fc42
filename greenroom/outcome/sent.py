"""Which operation of the target a request was, by method, address and body: as a step's evidence names it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from greenroom.record.evidence import OpenStep
from greenroom.record.step import Exchange
from greenroom.targetfile.deeds import body_denies, deed_of
from greenroom.targetfile.model import Target
from greenroom.targetfile.operations import OPERATIONS, READS

_READS = ("GET", "HEAD", "OPTIONS")


def operations_in(target: Target, step: OpenStep) -> list[str]:
    """The names of the requests in a step that changed something, in their order: those that were carried out and are
    described, and "the page's data_api" for one that only the page knows."""
    sent = (operation_of(target, exchange) for exchange in step.exchanges if _changes(exchange))
    return [name for name in dict.fromkeys(sent) if name and name not in _LOOKS]


_LOOKS = READS | {"host_lookup"}
"""What only looks, and be it by a POST, as a table API's functions are called."""


def operation_of(target: Target, exchange: Exchange) -> str:
    """The operation, or the request of the page, that an exchange was; "" when it is none that is described."""
    address = exchange.url.partition("?")[0]
    described = _page_requests(target) if exchange.origin == "page" else _operations(target)
    for name, method, pattern in described:
        if method not in ("*", exchange.method) or not re.fullmatch(pattern, address):
            continue
        if name not in target.operations or not body_denies(deed_of(target, name), exchange.request_body):
            return name
    return f"the page's {exchange.channel}" if exchange.origin == "page" else ""


def _changes(exchange: Exchange) -> bool:
    carried_out = exchange.status is not None and exchange.status < 400 and not exchange.fault
    return exchange.method not in _READS and carried_out


def _operations(target: Target) -> Iterator[tuple[str, str, str]]:
    """Every operation: its name, method, and what its address looks like."""
    for name, operation in target.operations.items():
        yield name, operation.method, _pattern(target, operation.service, re.sub(r"\{\w+\}", "*", operation.path))


def _page_requests(target: Target) -> Iterator[tuple[str, str, str]]:
    """What a page may send: its own requests, then the gateway's operations; not those that are tried past it."""
    for name, requests in target.page_requests.items():
        for request in requests:
            if not request.path.endswith("**") and not request.message:  # which is any request at all, or none
                yield name, request.method, _pattern(target, request.service, request.path)
    for name, method, pattern in _operations(target):
        if name not in OPERATIONS or OPERATIONS[name].capability != "data-api":
            yield name, method, pattern


def _pattern(target: Target, service: str, path: str) -> str:
    base = target.addresses.get(service, "").rstrip("/")
    return re.escape(base) + re.escape(path.partition("?")[0]).replace(r"\*", "[^/]+")

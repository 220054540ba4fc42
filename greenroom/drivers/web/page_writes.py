"""What a person's pages have sent to change something: kept in memory only, so that it can be sent again by others."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from playwright.sync_api import BrowserContext, Request

from greenroom.core import clock
from greenroom.targetfile.model import Operation, Target
from greenroom.targetfile.operations import REQUEST_ID

_READS = ("GET", "HEAD", "OPTIONS")
_OF_ONE_CONNECTION = ("host", "connection", "content-length", "cookie", "origin", "referer", "user-agent", "accept")
_OF_ONE_REQUEST = re.compile(r"idempotency|request-?id")
"""Headers whose value is that of one request alone: who sends it again with the same is told of the first."""

_A_TOKEN = 8
"""Letters from which on a value is nobody else's by chance."""

_OF_A_SESSION = r"(?P<before>(?i:session)\w*(?:\?id)?[\"']?\s*[:=/]\s*(?:eq\.)?[\"']?)"
"""A session's id follows: `/sessions/1`, `sessions?id=eq.1`, `session_id=1`, `"session": 1`."""


@dataclass(frozen=True)
class PageWrite:
    """One request of a page: to which service, where below its address, with which headers and body."""

    service: str
    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: str
    cookies: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """The request in words: the method, and the path without what differs from room to room."""
        return f"{self.method} {self.path.partition('?')[0]}"

    @property
    def deed(self) -> str:
        """What the request does: as its words, and where one route does several deeds, by what its body says, but for
        what differs from time to time, such as ids, keys and moments: all that has a digit in it."""
        try:
            said = json.loads(self.body)
        except ValueError:
            said = dict(parse_qsl(self.body, keep_blank_values=True))
        return f"{self.words} {json.dumps(_lasting(said), sort_keys=True)}"

    def of_cookies(self, hers: Mapping[str, str]) -> PageWrite:
        """The request of a page that had those cookies."""
        return dataclasses.replace(self, cookies=tuple(hers.items()))

    def with_cookies(self, theirs: Mapping[str, str]) -> PageWrite:
        """The request as a page of somebody else sends it: with their cookies, also where a header says what stands in
        one, as a CSRF token does."""
        names = {value: name for name, value in self.cookies if len(value) >= _A_TOKEN}
        told = {header: theirs.get(names.get(value, ""), value) for header, value in self.headers}
        jar = "; ".join(f"{name}={value}" for name, value in theirs.items())
        return dataclasses.replace(self, headers=(*told.items(), ("Cookie", jar)))

    def is_like(self, other: PageWrite) -> bool:
        """Whether the other one asks for the same, as a page's request and that of its service worker do."""
        asked = [(one.service, one.method, one.path, one.body) for one in (self, other)]
        return asked[0] == asked[1]

    def operation(self, without: Mapping[str, str], sessions: Mapping[str, str], csrf: str = "") -> Operation:
        """The request as an operation that somebody else can carry out: without the headers named like those in
        `without`, with the ids of `sessions` put in the place of others, the present in the place of moments that have
        passed, and with a CSRF token of their own in the field `csrf` of the body."""
        hidden = {*_OF_ONE_CONNECTION, *map(str.lower, without)}
        headers = {name: value for name, value in self.headers if name not in hidden and name[:1].isalpha()}
        headers |= dict.fromkeys(filter(_OF_ONE_REQUEST.search, headers), f"{{{REQUEST_ID}}}")
        path, body = _of_now(self.path), _of_now(self.body)
        for old, new in sessions.items():
            path, body = _with_session(path, old, new), _with_session(body, old, new)
        sent: dict[str, Any] = {"service": self.service, "method": self.method, "path": path, "headers": headers}
        if "json" in headers.get("content-type", "") and body:
            sent["json"] = json.loads(body)
        elif "urlencoded" in headers.get("content-type", ""):
            sent["form"] = dict(parse_qsl(body, keep_blank_values=True))
        for fields in (sent.get("json"), sent.get("form")):
            if csrf and isinstance(fields, dict) and csrf in fields:
                fields[csrf] = "{csrf}"
        return Operation.model_validate(sent)


_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d(?::|%3A)\d\d(?::|%3A)\d\d(?:\.\d+)?(?:Z|(?:[+-]|%2B)\d\d(?::|%3A)?\d\d)", re.I
)


def _of_now(text: str) -> str:
    """Whoever makes a request like it says when they do: not what was the present for the page that sent it."""

    def said(found: re.Match[str]) -> str:
        present = clock.now()
        if dt.datetime.fromisoformat(unquote(found[0])) > present:
            return found[0]
        anew = present.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return quote(anew) if "%" in found[0] else anew

    return _MOMENT.sub(said, text)


def _lasting(said: Any) -> Any:
    """What of a body is the same each time."""
    if isinstance(said, dict):
        return {key: _lasting(value) for key, value in said.items()}
    if isinstance(said, list):
        return [_lasting(value) for value in said]
    return "" if any(letter.isdigit() for letter in str(said)) else said


def _with_session(text: str, old: str, new: str) -> str:
    """`text` with the id of another session. A number may be anything's: it is one where a session is spoken of."""
    if old.isdigit():
        return re.sub(rf"{_OF_A_SESSION}{old}(?!\d)", lambda found: found["before"] + new, text)
    return text.replace(old, new)


class PageWrites:
    """The requests of one person's pages that change something, in their order."""

    def __init__(self, target: Target, context: BrowserContext) -> None:
        self._bases = {name: address.rstrip("/") for name, address in target.addresses.items()}
        self.sent: list[PageWrite] = []
        self._is_kept = True
        context.on("request", self._on_request)

    @contextmanager
    def left_out(self) -> Iterator[None]:
        """What is sent within changes nothing of a room: it signs somebody in, and would do so to whoever sends it
        again."""
        self._is_kept = False
        try:
            yield
        finally:
            self._is_kept = True

    def _on_request(self, request: Request) -> None:
        if request.method in _READS or not self._is_kept:
            return
        fitting = [(len(base), name) for name, base in self._bases.items() if request.url.startswith(base + "/")]
        if fitting:
            size, service = max(fitting)
            headers = tuple(sorted(request.headers.items()))
            write = PageWrite(service, request.method, request.url[size:], headers, request.post_data or "")
            if request.service_worker is None or not any(write.is_like(one) for one in self.sent):
                self.sent.append(write)

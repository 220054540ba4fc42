"""Sends a target's requests, keeps the evidence, and tells an answer of the target from one of the environment."""

from __future__ import annotations

import dataclasses
import json
import time
import uuid
from collections.abc import Callable, Mapping
from functools import partial
from http.client import HTTPException
from http.cookiejar import Cookie, DefaultCookiePolicy
from typing import Any
from urllib.parse import quote, urlencode, urljoin

import requests
import urllib3

from greenroom.core.errors import GreenroomError, NotApplicable
from greenroom.core.placeholders import NOTHING, as_numbers, fill, fill_text, holes
from greenroom.drivers.answer import Answer, SetCookie, Unanswered
from greenroom.drivers.body import UnreadableError, read_text
from greenroom.drivers.connection import open_session, whole_exchange
from greenroom.drivers.environment import not_the_application, what_failed
from greenroom.drivers.environment.form import parsed
from greenroom.drivers.errands import await_done
from greenroom.drivers.moments_sent import as_taken
from greenroom.drivers.recent import RecentExchanges
from greenroom.drivers.redirects import MOST, goes_on, method_after
from greenroom.drivers.throttling import wait_out
from greenroom.record.events import Exchange
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Request, Target
from greenroom.targetfile.operations import IDS, NULL, PERSON, REQUEST_ID

_NOBODY = dict.fromkeys(PERSON, "nobody")
"""What stands in a path for somebody who is signed out."""
_BODY_LIMIT = 20_000
_RESENDABLE = frozenset({"GET"})
_BROKEN = (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError)


class Http:
    """One worker's HTTP client: connections are kept, cookies are not shared between people."""

    def __init__(self, target: Target, run: str) -> None:
        self._target, self._run = target, run
        self._session = open_session(target.addresses.values(), target.certificates)
        self._session.cookies.set_policy(_NoCookies())
        self.recent = RecentExchanges()
        self.scenario = ""

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    @property
    def user_agent(self) -> str:
        """Names run and scenario, so that the target's logs can be searched for them."""
        scenario = quote(self.scenario, safe="/:. #'") or "-"  # a header is plain ASCII, a file may be called anything
        return f"Greenroom/1 (run {self._run}; scenario {scenario})"

    def url(self, request: Request, values: Mapping[str, Any]) -> str:
        """The full address of `request`."""
        query = fill(request.query, values)
        known = {key: str(value) for key, value in query.items() if isinstance(value, str | int | float)}
        nobody = _NOBODY | ({"account": self._target.unknown_room} if self._target.ids == "number" else {})
        path = fill_text(request.path, nobody | dict(values))
        address = self._target.addresses[request.service].rstrip("/") + path
        return f"{address}?{urlencode(known)}" if known else address

    def send(
        self,
        request: Request,
        values: Mapping[str, Any],
        evidence: Evidence,
        *,
        who: str = "",
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send `request` with its placeholders filled, and return the answer, whatever its status.

        Raises Unanswered when no answer comes, or none that can be read, within the deadline `answer` of the whole
        exchange, and when a proxy answers instead; Throttled when a limiter does and `patience` does not reach. A GET
        is sent once more after a connection that broke; nothing else is, since it may have been carried out.
        """
        values = {REQUEST_ID: str(uuid.uuid4()), NULL: NOTHING, **as_taken(values, self._target.times)}
        url = self.url(request, values)
        said = _sayable(request.headers, values)
        given = {key: fill_text(value, values) for key, value in said.items()} | dict(headers or {})
        body, kind = _body(request, as_numbers(values, IDS) if self._target.ids == "number" else values)
        sent = {"User-Agent": self.user_agent, "Accept": "application/json", **kind, **given}
        known = {name.lower() for name in sent}
        protection = self._target.protection
        sent |= {k: v for k, v in protection.headers_for(request.service).items() if k.lower() not in known}
        cookies = {**protection.cookies_for(request.service), **(cookies or {})}
        patience = self._target.deadlines.patience
        tries = 2 if request.method in _RESENDABLE else 1
        while True:
            try:
                send = partial(self._once, evidence=evidence, who=who)
                answer = self._followed(send, request, url, sent, body, cookies)
            except Unanswered:
                self.recent.note(request, answered=False)
                tries -= 1
                if tries == 0:
                    raise
                continue
            cause = not_the_application(
                self._target,
                request.service,
                request.method,
                url,
                answer.status,
                answer.headers,
                answer.text,
                request=request,
            )
            if cause is not None and cause.code == "throttled":
                patience = wait_out(answer, patience)
                continue
            self.recent.note(request, answered=cause is None)
            if cause is not None:
                message = f"{request.service} {cause.words}: {request.method} {answer.exchange.url}"
                raise Unanswered(cause.code, message, answer.exchange, hint=cause.hint)
            return answer

    def _followed(
        self,
        send: Callable[..., Answer],
        request: Request,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        cookies: Mapping[str, str],
    ) -> Answer:
        """What `send` gets, or what stands where that leads to, for a request whose redirects are followed; and what
        came of it, where that is told later."""
        answer = self._led_on(send, request, url, headers, body, cookies)
        asked = request.model_copy(update={"method": "GET"})
        ask = partial(
            self._led_on, send, asked, headers=_without_body(headers), body=None, cookies={**cookies, **answer.cookies}
        )
        seconds = self._target.deadlines.answer
        return await_done(request, answer, url, self._target.addresses.values(), seconds, ask)

    def _led_on(
        self,
        send: Callable[..., Answer],
        request: Request,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        cookies: Mapping[str, str],
    ) -> Answer:
        """What `send` gets in the end. Cookies that are set on the way go along from there on, as a browser's do, and
        are those of the answer, whichever answer of the row has set them."""
        answer = send(request, url, headers, body, cookies)
        set_on_the_way = dict(answer.cookies)
        for _ in range(MOST if request.follow else 0):
            url = goes_on(answer.status, answer.headers, url, self._target.addresses.values())
            if not url:
                break
            request = request.model_copy(update={"method": method_after(answer.status, request.method)})
            if request.method == "GET":
                headers, body = _without_body(headers), None
            answer = send(request, url, headers, body, {**cookies, **set_on_the_way})
            set_on_the_way |= answer.cookies
        return dataclasses.replace(answer, cookies=set_on_the_way)

    def _once(
        self,
        request: Request,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        cookies: Mapping[str, str],
        evidence: Evidence,
        who: str,
    ) -> Answer:
        redact = evidence.redactor
        prepared = self._prepared(request, url, headers, body, cookies)
        began = time.monotonic()
        what = {
            "channel": request.service,
            "who": who,
            "method": request.method,
            "url": redact.text(url),
            "request_headers": redact.headers(headers.items()),
            "request_body": redact.text((body or b"").decode("utf-8", "replace")[:_BODY_LIMIT]),
        }
        seconds = self._target.deadlines.answer
        try:
            with whole_exchange(seconds):
                response = self._session.send(prepared, stream=True, timeout=seconds, allow_redirects=False)
                text = read_text(response)
            if response.status_code >= 500:
                self._session.close()  # servers hang up after a fault of theirs, and some say so in no header
        except (UnreadableError, *_BROKEN) as error:
            cause, why, hint = _told(error, seconds)
            exchange = Exchange(**what, seconds=round(time.monotonic() - began, 4), error=redact.text(why))
            evidence.exchange(exchange)
            message = f"{request.service} {why}: {request.method} {redact.text(url)}"
            raise Unanswered(cause, message, exchange, hint=hint) from None
        exchange = Exchange(
            **what,
            status=response.status_code,
            response_headers=redact.headers(response.headers.items()),
            response_body=redact.text(text[:_BODY_LIMIT]),
            seconds=round(time.monotonic() - began, 4),
        )
        evidence.exchange(exchange)
        jar = {cookie.name: SetCookie(cookie.value or "", _below(url, cookie)) for cookie in response.cookies}
        return Answer(response.status_code, parsed(text)[1], text, response.headers, jar, exchange)

    def _prepared(
        self,
        request: Request,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        cookies: Mapping[str, str],
    ) -> requests.PreparedRequest:
        """The request as it will be sent. Raises GreenroomError when HTTP has no way to say it."""
        as_sent = {name: value if value.isascii() else value.encode() for name, value in headers.items()}
        try:
            return self._session.prepare_request(
                requests.Request(request.method, url, headers=as_sent, data=body, cookies=dict(cookies))
            )
        except (requests.RequestException, ValueError) as error:
            raise GreenroomError(
                f"the request {request.method} {request.path} to {request.service} can't be sent: {error}",
                hint="its address, path or headers in target.toml, and what fills their placeholders",
                code="bad-request",
            ) from None


def _below(url: str, cookie: Cookie) -> str:
    """Below which address a browser sends the cookie, where the answer of `url` says so."""
    return urljoin(url, cookie.path) if cookie.path_specified else ""


class _NoCookies(DefaultCookiePolicy):
    """The shared session keeps no cookies: each person carries their own."""

    def set_ok(self, cookie: Cookie, request: Any) -> bool:
        return False


def _without_body(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.casefold() != "content-type"}


def _sayable(table: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, str]:
    """What of headers can be said: who is signed out has neither an id nor a token."""
    return {key: value for key, value in table.items() if holes(value) <= values.keys()}


def _body(request: Request, values: Mapping[str, Any]) -> tuple[bytes | None, dict[str, str]]:
    if request.form is not None:
        fields = fill(request.form, values)
        if any(isinstance(value, Mapping) for value in fields.values()):
            raise NotApplicable("json-body", "a form can't hold a table")
        try:
            return urlencode(fields, doseq=True).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
        except UnicodeEncodeError:
            raise NotApplicable("json-body", "a form can't hold half a character") from None
    if request.json_ is not None:
        filled = fill(request.json_, values)
        try:
            body = json.dumps(filled, ensure_ascii=False).encode()
        except UnicodeEncodeError:  # half a character, which JSON can say by its number only
            body = json.dumps(filled).encode()
        return body, {"Content-Type": "application/json"}
    return None, {}


def _told(error: Exception, seconds: float) -> tuple[str, str, str]:
    """Why there is no answer: a short stable cause, words for it, and a hint."""
    if isinstance(error, UnreadableError):
        return error.cause, error.words, error.hint
    hint = "[deadlines] answer, if that is how long it may take" if what_failed(error, seconds)[0] == "timeout" else ""
    return *what_failed(error, seconds), hint

"""Sends a target's requests, keeps the evidence, and tells an answer of the target from one of the environment."""

from __future__ import annotations

import contextlib
import email.utils
import json
import time
from collections.abc import Mapping
from http.cookiejar import Cookie, DefaultCookiePolicy
from typing import Any
from urllib.parse import quote, urlencode

import requests
from requests.adapters import HTTPAdapter

from greenroom.core.errors import NotApplicable, TargetUnavailable, Throttled
from greenroom.core.placeholders import fill, fill_text
from greenroom.drivers.answer import Answer
from greenroom.drivers.environment import refuse_detour, what_failed
from greenroom.drivers.trust import prepare
from greenroom.record.events import Exchange
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Request, Target

_BODY_LIMIT = 20_000
_PROXY_STATUS = frozenset({502, 503, 504})
_RESENDABLE = frozenset({"GET"})
_CONNECTIONS = 32


class Http:
    """One worker's HTTP client: connections are kept, cookies are not shared between people."""

    def __init__(self, target: Target, run: str) -> None:
        self._target, self._run = target, run
        self._session = requests.Session()
        self._session.trust_env = False
        adapter = HTTPAdapter(pool_connections=_CONNECTIONS, pool_maxsize=_CONNECTIONS)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)
        prepare(self._session, target.addresses.values(), _CONNECTIONS)
        self._session.cookies.set_policy(_NoCookies())
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
        query = {key: fill(value, values) for key, value in request.query.items()}
        known = {key: str(value) for key, value in query.items() if isinstance(value, str | int | float)}
        address = self._target.addresses[request.service].rstrip("/") + fill_text(request.path, values)
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

        Raises TargetUnavailable when nobody answers or a proxy answers instead, Throttled when a limiter does and
        `patience` does not reach. A GET is sent once more after a connection that broke; nothing else is, since it
        may have been carried out.
        """
        url = self.url(request, values)
        given = {key: fill_text(value, values) for key, value in request.headers.items()} | dict(headers or {})
        body, kind = _body(request, values)
        sent = {"User-Agent": self.user_agent, "Accept": "application/json", **kind, **given}
        patience = self._target.deadlines.patience
        tries = 2 if request.method in _RESENDABLE else 1
        while True:
            try:
                answer = self._once(request, url, sent, body, cookies, evidence, who)
            except TargetUnavailable:
                tries -= 1
                if tries == 0:
                    raise
                continue
            if answer.status == 429:
                patience = _wait_out(answer, patience)
                continue
            refuse_detour(self._target, request, answer)
            if answer.status in _PROXY_STATUS and not answer.is_json:
                raise TargetUnavailable(
                    "proxy-answered",
                    f"{request.service} answered {answer.status} and no JSON, as a proxy does: {request.method} {url}",
                    hint="is the service deployed and healthy?",
                )
            return answer

    def _once(
        self,
        request: Request,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        cookies: Mapping[str, str] | None,
        evidence: Evidence,
        who: str,
    ) -> Answer:
        redact = evidence.redactor
        began = time.monotonic()
        what = {
            "channel": request.service,
            "who": who,
            "method": request.method,
            "url": redact.text(url),
            "request_headers": redact.headers(headers.items()),
            "request_body": redact.text((body or b"").decode("utf-8", "replace")[:_BODY_LIMIT]),
        }
        try:
            response = self._session.request(
                request.method,
                url,
                headers=dict(headers),
                data=body,
                cookies=dict(cookies or {}),
                timeout=self._target.deadlines.answer,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            cause, why = what_failed(error, self._target.deadlines.answer)
            evidence.exchange(Exchange(**what, seconds=round(time.monotonic() - began, 4), error=redact.text(why)))
            message = f"{request.service} {why}: {request.method} {redact.text(url)}"
            raise TargetUnavailable(cause, message) from None
        text = response.content[: _BODY_LIMIT * 50].decode(response.encoding or "utf-8", "replace")
        parsed: Any = None
        with contextlib.suppress(ValueError):
            parsed = json.loads(text)
        exchange = Exchange(
            **what,
            status=response.status_code,
            response_headers=redact.headers(response.headers.items()),
            response_body=redact.text(text[:_BODY_LIMIT]),
            seconds=round(time.monotonic() - began, 4),
        )
        evidence.exchange(exchange)
        jar = {cookie.name: cookie.value or "" for cookie in response.cookies}
        return Answer(response.status_code, parsed, text, response.headers, jar, exchange)


class _NoCookies(DefaultCookiePolicy):
    """The shared session keeps no cookies: each person carries their own."""

    def set_ok(self, cookie: Cookie, request: Any) -> bool:
        return False


def _body(request: Request, values: Mapping[str, Any]) -> tuple[bytes | None, dict[str, str]]:
    if request.form is not None:
        fields = fill(request.form, values)
        if any(isinstance(value, Mapping) for value in fields.values()):
            raise NotApplicable("json-body", "a form can't hold a table")
        return urlencode(fields, doseq=True).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    if request.json_ is not None:
        filled = fill(request.json_, values)
        return json.dumps(filled, ensure_ascii=False).encode(), {"Content-Type": "application/json"}
    return None, {}


def _wait_out(answer: Answer, patience: float) -> float:
    """Wait as long as the limiter asks for, within `patience`; what is left of it. Raises Throttled."""
    asked = answer.headers.get("Retry-After") or answer.headers.get("RateLimit-Reset") or ""
    seconds = _seconds_of(asked)
    if seconds is None or seconds > patience:
        wants = f"it asks to wait {seconds:.0f} s" if seconds is not None else "it does not say for how long"
        raise Throttled(
            f"throttled: {answer.exchange.method} {answer.exchange.url} answered 429, {wants}",
            hint=f"--patience {max(60, int(seconds or 0) + 5)} waits for it; --plan says what a run costs",
        )
    time.sleep(seconds)  # the limiter names the moment; there is no condition to wait for before it
    return patience - max(seconds, 0.5)


def _seconds_of(text: str) -> float | None:
    if text.replace(".", "", 1).isdigit():
        return float(text)
    with contextlib.suppress(ValueError):
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    return None

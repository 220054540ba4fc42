"""One person's browser: their context, the page they look at, and what it says by itself."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Frame, Locator, Page, Response
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Request as SentRequest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from greenroom.core.deadlines import eventually
from greenroom.core.errors import BrokenPromise, Inconclusive, TargetUnavailable, Throttled
from greenroom.core.placeholders import fill, fill_text
from greenroom.drivers.account import Account
from greenroom.drivers.web.browser import BrowserHost
from greenroom.record.events import Exchange, PageNote
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import FlowStep, Target

_NETWORK = {
    "ERR_CONNECTION_REFUSED": ("refused", "refuses connections"),
    "ERR_NAME_NOT_RESOLVED": ("dns", "has a name that can't be resolved"),
    "ERR_CERT": ("tls", "has a certificate that can't be trusted"),
    "ERR_CONNECTION": ("reset", "broke the connection off"),
    "ERR_EMPTY_RESPONSE": ("reset", "closed the connection without an answer"),
    "ERR_TIMED_OUT": ("timeout", "did not answer in time"),
    "ERR_INTERNET_DISCONNECTED": ("unreachable", "can't be reached"),
}

# What Chromium says of a load that gave up a form which was under way, by version.
_GIVING_UP = ("ERR_ABORTED", "frame was detached", "Not attached to an active page")
_A_MOMENT = 0.5


class Tab:
    """A person's context and current page. `who` is the name the reports use."""

    def __init__(self, host: BrowserHost, target: Target, evidence: Evidence, who: str, user_agent: str) -> None:
        assert target.web is not None
        self.target, self.evidence, self.who = target, evidence, who
        self.web = target.web
        self.console: list[str] = []
        self.blamed: list[tuple[str, str]] = []  # cause and words, of answers that were nobody's promise
        self.faults_active = False
        self._uncaught: list[str] = []
        self.context: BrowserContext = host.context(user_agent)
        self.context.set_default_timeout(target.deadlines.control * 1000)
        self._watch()
        self.page: Page = self.context.new_page()

    def sign_in(self, account: Account) -> None:
        """Make this context the account's. Raises Inconclusive when signing in by form does not work."""
        how = self.target.browser_sign_in
        match how.scheme:
            case "local-storage":
                value = fill(how.value, account.values())
                text = value if isinstance(value, str) else json.dumps(value)
                script = (
                    f"if (location.origin === {json.dumps(self._origin())} && !sessionStorage.getItem('greenroom')) "
                    f"{{ sessionStorage.setItem('greenroom', '1'); "
                    f"localStorage.setItem({json.dumps(how.key)}, {json.dumps(text)}) }}"
                )
                self.context.add_init_script(script)
            case "cookie":
                names = {how.key: str(fill(how.value, account.values()))} if how.key else account.cookies
                self.context.add_cookies(
                    [{"name": name, "value": value, "url": self._origin()} for name, value in names.items()]
                )
            case "form":
                self.sign_in_by_form(account)
            case "none":
                pass

    def sign_in_by_form(self, account: Account) -> None:
        """Sign in as a person does, on the sign-in page."""
        how = self.target.browser_sign_in
        self.goto(self.web.sign_in_path)
        self.play(how.flow, account.values())
        if how.signed_in:
            self.expect_or(how.signed_in, {}, Inconclusive("sign-in", f"{self.who} could not sign in on the page"))

    def new_tab(self) -> None:
        """A new tab of the same browser; the one before stays open."""
        self.page = self.context.new_page()

    def goto(self, path: str, ready: str = "", values: Mapping[str, Any] | None = None) -> None:
        """Open a path of the web page and wait until it is ready."""
        url = self._origin() + fill_text(path, values or {})
        self._load(lambda: self.page.goto(url, timeout=self.target.deadlines.page * 1000, wait_until="commit"), url)
        self.wait_ready(ready, values)

    def reload(self, ready: str, values: Mapping[str, Any] | None = None) -> None:
        """Press F5 and wait until the page is ready again."""
        self._load(
            lambda: self.page.reload(timeout=self.target.deadlines.page * 1000, wait_until="commit"), self.page.url
        )
        self.wait_ready(ready, values)

    def wait_ready(self, ready: str, values: Mapping[str, Any] | None = None) -> None:
        """Wait until the page's script has run. A page that fails to is broken when it threw, else we can't tell."""
        if not ready:
            return
        seconds = self.target.deadlines.page
        try:
            self.find(ready, values).first.wait_for(state="attached", timeout=seconds * 1000)
        except PlaywrightTimeout:
            where = f"{self.page.url} was not ready within {seconds:g} s"
            if self._uncaught:
                raise BrokenPromise(f"{where}\n  found     uncaught error: {self._uncaught[-1]}") from None
            raise Inconclusive("page-slow", where, hint="[web.*] ready names what makes the page ready") from None
        except PlaywrightError as error:
            raise self._crashed(error) from None

    def let_pass(self, seconds: float) -> None:
        """Between two looks of `eventually`: the time passes in the browser's own loop, so that its events arrive."""
        self.page.wait_for_timeout(seconds * 1000)

    def find(self, selector: str, values: Mapping[str, Any] | None = None) -> Locator:
        """What a selector of the target file finds, with its placeholders filled."""
        quoted = {key: _quoted(value) for key, value in (values or {}).items()}
        return self.page.locator(fill_text(selector, quoted))

    def sees(self, selector: str, values: Mapping[str, Any] | None = None) -> bool:
        """Whether it is visible right now."""
        return bool(selector) and self.find(selector, values).first.is_visible()

    def appears(self, selector: str, values: Mapping[str, Any] | None = None, *, within: float | None = None) -> bool:
        """Whether it becomes visible within the deadline."""
        return self._reaches(selector, values, "visible", within)

    def vanishes(self, selector: str, values: Mapping[str, Any] | None = None, *, within: float | None = None) -> bool:
        """Whether it is gone within the deadline."""
        return self._reaches(selector, values, "hidden", within)

    def expect_or(self, selector: str, values: Mapping[str, Any], otherwise: Exception) -> None:
        """Wait until it is visible, or raise."""
        if not self.appears(selector, values):
            raise otherwise

    def play(self, flow: list[FlowStep], values: Mapping[str, Any]) -> None:
        """Carry out a flow. Raises BrokenPromise naming the control that is not there or can't be used."""
        for step in flow:
            selector = step.fill or step.click or step.check or step.choose or step.wait or ""
            if step.if_present and not self.sees(selector, values):
                continue
            try:
                self._act(step, selector, values)
            except PlaywrightTimeout:
                raise BrokenPromise(
                    f"the page has no usable control {fill_text(selector, values)!r}\n  found     {self.page.url}"
                ) from None

    def close(self) -> None:
        """Close the context with all its pages."""
        self.context.close()

    def _act(self, step: FlowStep, selector: str, values: Mapping[str, Any]) -> None:
        place = self.find(selector, values).first if selector else None
        given = str(fill_text(step.value, values)) if step.value is not None else ""
        if step.press is not None:
            self.page.keyboard.press(step.press)
        elif place is None:
            return
        elif step.fill is not None:
            place.fill(given)
        elif step.choose is not None:
            place.select_option(given)
        elif step.check is not None:
            place.check()
        elif step.wait is not None:
            place.wait_for(state="visible")
        else:
            place.click(no_wait_after=True)  # a form's click would wait for its answer, which a fault may hold back

    def _reaches(self, selector: str, values: Mapping[str, Any] | None, state: Any, within: float | None) -> bool:
        seconds = self.target.deadlines.control if within is None else within
        try:
            # to Playwright a timeout of 0 is none at all
            self.find(selector, values).first.wait_for(state=state, timeout=max(seconds * 1000, 1))
        except PlaywrightTimeout:
            return False
        except PlaywrightError as error:
            raise self._crashed(error) from None
        return True

    def _load(self, act: Callable[[], Response | None], url: str) -> None:
        try:
            response = self._once_free(act)
        except PlaywrightTimeout:
            raise TargetUnavailable("timeout", f"web did not answer in time: {url}") from None
        except PlaywrightError as error:
            for sign, (cause, why) in _NETWORK.items():
                if sign in error.message:
                    raise TargetUnavailable(cause, f"web {why}: {url}") from None
            raise self._crashed(error) from None
        if response is not None and response.status in (502, 503, 504):
            raise TargetUnavailable("proxy-answered", f"web answered {response.status}: {url}")
        if response is not None and response.status >= 500:
            raise BrokenPromise(f"the page should open\n  found     {response.status} from {url}")

    def _once_free(self, act: Callable[[], Response | None]) -> Response | None:
        """Load the page. A form that was under way is given up for this, and until it is gone the browser refuses: the
        next try waits for a sign that the page has gone on, since one before that would end like the first."""
        navigated: list[Frame] = []

        def note(frame: Frame) -> None:
            navigated.append(frame)

        ends = time.monotonic() + self.target.deadlines.page
        self.page.on("framenavigated", note)
        try:
            while True:
                try:
                    return act()
                except PlaywrightError as error:
                    if time.monotonic() > ends or not any(sign in error.message for sign in _GIVING_UP):
                        raise
                    eventually(lambda: navigated, bool, _A_MOMENT, pause=self.let_pass)
        finally:
            self.page.remove_listener("framenavigated", note)

    def _crashed(self, error: PlaywrightError) -> Inconclusive:
        return Inconclusive("browser-crashed", f"the browser failed: {error.message.splitlines()[0]}")

    def _origin(self) -> str:
        return self.target.addresses["web"].rstrip("/")

    def _watch(self) -> None:
        self.context.on("console", self._on_console)
        self.context.on("weberror", lambda error: self._on_error(str(error.error)))
        self.context.on("response", self._on_response)
        self.context.on("requestfailed", self._on_failed)

    def _on_console(self, message: ConsoleMessage) -> None:
        text = self.evidence.redactor.text(message.text)
        self.console.append(text)
        self.evidence.note(PageNote(who=self.who, kind="console", level=message.type, text=text))

    def _on_error(self, text: str) -> None:
        text = self.evidence.redactor.text(text)
        self._uncaught.append(text)
        self.evidence.note(PageNote(who=self.who, kind="error", level="error", text=text))

    def _on_response(self, response: Response) -> None:
        self._sent(response.request, response.status, "")

    def _on_failed(self, request: SentRequest) -> None:
        self._sent(request, None, request.failure or "failed")

    def _channel(self, url: str) -> str:
        """The service whose address is the longest beginning of the URL."""
        fitting = [(len(base), name) for name, base in self.target.addresses.items() if url.startswith(base)]
        return max(fitting)[1] if fitting else ""

    def check_environment(self) -> None:
        """Raises Throttled or TargetUnavailable when an answer of late was the environment's and not the target's."""
        for cause, words in self.blamed:
            if cause == "throttled":
                raise Throttled(words, hint="--patience waits; --plan says what a run costs")
            raise TargetUnavailable(cause, words)

    def _blame_environment(self, channel: str, status: int | None, error: str, sent: str) -> None:
        if self.faults_active or not channel:
            return
        if status == 429:
            self.blamed.append(("throttled", f"throttled: {channel} answered 429 to the page's {sent}"))
        elif status in (502, 503, 504):
            self.blamed.append(("proxy-answered", f"{channel} answered {status} to the page's {sent}"))
        elif status is None and "ERR_ABORTED" not in error:
            self.blamed.append(("unreachable", f"{channel} did not answer the page's {sent}: {error}"))

    def _sent(self, request: SentRequest, status: int | None, error: str) -> None:
        channel = self._channel(request.url)
        if request.resource_type not in ("fetch", "xhr") and (channel != "web" or request.method == "GET"):
            return
        if request.method == "GET" and status is not None and status < 400:
            return  # polling: what it shows is in the checks
        redact = self.evidence.redactor
        self._blame_environment(channel, status, error, redact.text(f"{request.method} {request.url}"))
        self.evidence.exchange(
            Exchange(
                channel=channel or "page",
                origin="page",
                who=self.who,
                method=request.method,
                url=redact.text(request.url),
                request_body=redact.text(request.post_data or ""),
                status=status,
                error=error,
                seconds=round(max(request.timing["responseStart"], 0.0) / 1000, 4),
            )
        )


def _quoted(value: Any) -> str:
    return str(value).replace("\\", "\\\\").replace('"', '\\"').replace("'", "\\'")

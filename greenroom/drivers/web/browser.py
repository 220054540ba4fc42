"""One browser a worker, and a fresh context for every person of a scenario."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from greenroom.core.errors import Inconclusive, MissingTool
from greenroom.core.project import PRIVATE
from greenroom.drivers.browser_finder import find_browser
from greenroom.drivers.web.origin import origin_of
from greenroom.drivers.web.trust import all_trusted, launch_options
from greenroom.targetfile.model import Target

if TYPE_CHECKING:  # a run without a browser does not wait for its import
    from playwright.sync_api import Browser, BrowserContext, Error, Playwright

_PLAYWRIGHTS_LOG = logging.getLogger("playwright")
_LOOPS_LOG = logging.getLogger("asyncio")
_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--disable-gpu",
]
_MEDIA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
_PERMISSIONS = ["camera", "microphone"]
"""A camera and a microphone that are none, and may be used: a page that goes live asks for both."""

_DRIVER_HINT = "has this machine memory left for it (ulimit -v, the container's limit)? `playwright --version` tries it"
_FOLDER_HINT = "TMPDIR has to name a folder that can be written to; without it /tmp is taken"


class BrowserHost:
    """Launches the browser when the first person needs it, and keeps it."""

    def __init__(self, target: Target, *, headed: bool = False, slow_mo: float = 0.0) -> None:
        """`slow_mo` are milliseconds that each thing done on a page takes longer."""
        self._target, self._headed, self._slow_mo = target, headed, slow_mo
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._user_agent = ""

    @property
    def version(self) -> str:
        """The browser's version, or "" while none was needed."""
        return self._browser.version if self._browser else ""

    def context(self, user_agent: str, **options: Any) -> BrowserContext:
        """A fresh context: nothing in it is anybody else's. `user_agent` is added to the browser's own.

        No header of ours is added: a page's request to another origin would need that origin's leave for it. Raises
        MissingTool without a browser.
        """
        from playwright.sync_api import Error

        from greenroom.drivers.web.presses import watch_presses

        try:
            browser, device = self._launched(), self._device()
            own = device.pop("user_agent", "") or self._user_agent
            given = {"permissions": _PERMISSIONS, **device, **options, **self._proof(), **self._certificates()}
            context = browser.new_context(**given, user_agent=f"{own} {user_agent}")
            context.add_cookies(self._cookies())
            watch_presses(context, is_touched=bool(given.get("has_touch")))
            return context
        except Error as error:
            self._forget()
            raise Inconclusive("browser-crashed", f"the browser crashed: {_first_line(error)}") from None

    def close(self) -> None:
        """End the browser."""
        self._forget()
        if self._playwright is not None:
            self._playwright.stop()
            self._playwright = None

    def start(self) -> Browser:
        """Launch the browser now, so that no scenario's time includes it."""
        return self._launched()

    def _launched(self) -> Browser:
        from playwright.sync_api import Error, sync_playwright

        if self._browser is not None and self._browser.is_connected():
            return self._browser
        if self._playwright is None:
            _PLAYWRIGHTS_LOG.addHandler(logging.NullHandler())  # what it tells there, its next call raises
            _LOOPS_LOG.addFilter(_is_no_interruption)
            try:
                with _driver_apart():
                    self._playwright = sync_playwright().start()
            except Exception as error:  # Playwright has no kind of its own for it
                raise MissingTool(
                    f"the browser's driver does not start: {str(error).splitlines()[0]}", hint=_DRIVER_HINT
                ) from None
        path = find_browser(self._playwright.chromium.executable_path, headed=self._headed)
        sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        try:
            self._browser = self._playwright.chromium.launch(
                executable_path=path,
                headless=not self._headed,
                slow_mo=self._slow_mo or None,
                **launch_options(self._target, _QUIET + _MEDIA + sandbox),
            )
            session = self._browser.new_browser_cdp_session()
            self._user_agent = session.send("Browser.getVersion")["userAgent"]
            session.detach()
        except Error as error:
            hint = _FOLDER_HINT if "mkdtemp" in error.message else "run it by hand to see why"
            raise MissingTool(f"the browser {path} does not start: {_first_line(error)}", hint=hint) from None
        return self._browser

    def _device(self) -> dict[str, Any]:
        web = self._target.web
        if web is None:
            return {}
        width, height = web.viewport
        options: dict[str, Any] = {
            "locale": web.locale,
            "viewport": {"width": width, "height": height},
            "reduced_motion": "reduce",
        }  # nothing to wait for
        if web.device:
            assert self._playwright is not None
            options |= self._playwright.devices[web.device]
            options.pop("default_browser_type", None)
        return options

    def _proof(self) -> dict[str, Any]:
        """User and password of a deployment that is protected by Basic authentication."""
        protection, addresses = self._target.protection, self._target.addresses
        if not protection.user:
            return {}
        origins = {origin_of(address) for service, address in addresses.items() if protection.covers(service)}
        only = {"origin": origins.pop()} if len(origins) == 1 else {}  # else whoever asks for them is told
        return {"http_credentials": {"username": protection.user, "password": protection.password, **only}}

    def _certificates(self) -> dict[str, Any]:
        """What the client proves itself by where that is asked for. Playwright speaks TLS with such a server itself,
        and trusts whom Node trusts: so whether the server is trusted has been found out before."""
        certificates = self._target.certificates
        if not certificates or not all_trusted(certificates):
            return {}
        each = [
            {
                "origin": origin_of(address),
                "certPath": client.certificate,
                "keyPath": client.key,
                "passphrase": client.passphrase or None,
            }
            for address, client in certificates.items()
        ]
        return {"client_certificates": each, "ignore_https_errors": True}

    def _cookies(self) -> list[Any]:
        """What a protected deployment wants to see, for each of its services."""
        return [
            {"name": name, "value": value, "url": address}
            for service, address in self._target.addresses.items()
            for name, value in self._target.protection.cookies_for(service).items()
        ]

    def _forget(self) -> None:
        if self._browser is not None:
            from playwright.sync_api import Error

            with contextlib.suppress(Error):
                self._browser.close()
            self._browser = None


@contextlib.contextmanager
def _driver_apart() -> Iterator[None]:
    """Playwright's driver is started in a session of its own: Ctrl-C is the harness's to handle, which then ends it.

    A driver that dies of the same Ctrl-C takes the browser away from under the tear-down. It ends with us in any case:
    its standard input closes. What Node compiles of it is kept for the next run, which saves a fifth of its start.
    """
    start = asyncio.create_subprocess_exec

    async def start_apart(*arguments: Any, **options: Any) -> asyncio.subprocess.Process:
        variables = {"NODE_COMPILE_CACHE": str(PRIVATE / "node")} | (options.get("env") or os.environ)
        return await start(*arguments, **(options | {"start_new_session": True, "env": variables}))

    asyncio.create_subprocess_exec = start_apart
    try:
        yield
    finally:
        asyncio.create_subprocess_exec = start


def _is_no_interruption(record: logging.LogRecord) -> bool:
    """Whether a line of the loop's log tells of something else than Ctrl-C: where that comes while a task of the loop
    runs, it is the task's as well, and the loop would tell it once more, with a traceback."""
    return record.exc_info is None or not isinstance(record.exc_info[1], KeyboardInterrupt)


def _first_line(error: Error) -> str:
    return error.message.splitlines()[0]

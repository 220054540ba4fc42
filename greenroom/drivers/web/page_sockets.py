"""The WebSockets of a person's pages: which of them the environment kept from being opened.

When an open one is broken off, the browser says the same as when the page closes it. So nothing follows from that.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import partial

from playwright.sync_api import BrowserContext, Page, WebSocket

_FIRST = 5
"""How many messages of a socket count as its page's first data. Later ones may never stop, and are not waited for."""
_SILENT_SECONDS = 3.0
"""How long the first message of a new socket is waited for. Not every server sends one."""

_STATUS = re.compile(r"Unexpected response code: (\d{3})")
_NOT_AUTHORIZED = "HTTP Authentication failed"
"""What Chromium says of a 401."""
_TOO_MANY = 429


class PageSockets:
    """Tells of each socket of a context's pages. `stir` is called when a page is told something that it may show,
    `failed` with page, address and reason when a socket did not reach the target."""

    def __init__(
        self, context: BrowserContext, stir: Callable[[], None], failed: Callable[[Page, str, str], None]
    ) -> None:
        self._stir, self._failed = stir, failed
        self._silent: dict[WebSocket, tuple[Page, float]] = {}
        context.on("page", self._follow)

    def awaits(self, page: Page) -> bool:
        """Whether the page has a socket that was opened just now and has not told it anything yet."""
        now = time.monotonic()
        return any(one is page and now - since < _SILENT_SECONDS for one, since in self._silent.values())

    def _follow(self, page: Page) -> None:
        page.on("websocket", partial(self._on_socket, page))

    def _on_socket(self, page: Page, socket: WebSocket) -> None:
        left = iter(range(_FIRST))

        def on_message(_: bytes | str) -> None:
            self._silent.pop(socket, None)
            if next(left, None) is not None:
                self._stir()

        def on_error(reason: str) -> None:
            self._silent.pop(socket, None)
            if not _is_the_applications(reason):
                self._failed(page, socket.url, reason)

        def on_close(_: WebSocket) -> None:
            self._silent.pop(socket, None)

        self._stir()
        self._silent[socket] = page, time.monotonic()
        socket.on("framereceived", on_message)
        socket.on("socketerror", on_error)
        socket.on("close", on_close)


def _is_the_applications(reason: str) -> bool:
    """Whether the application itself refused to open the socket, as it does for whom it does not know."""
    if _NOT_AUTHORIZED in reason:
        return True
    status = _STATUS.search(reason)
    return status is not None and int(status[1]) < 500 and int(status[1]) != _TOO_MANY

"""What a person's pages have said over WebSockets to change something: kept in memory only, so that others can say it
again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from playwright.sync_api import BrowserContext, Page, WebSocket

from greenroom.drivers.web.requests import PageMessage, PageRequests
from greenroom.targetfile.model import Target

_LOOKS = frozenset({"my_room", "host_lookup", "renewal", "kept_open", "not_needed"})
"""What changes nothing of a room."""


@dataclass(frozen=True)
class Said:
    """One message: by its name in `[page_requests]`, over which WebSocket, in which words."""

    name: str
    url: str
    words: str

    def in_session(self, sessions: dict[str, str]) -> Said:
        """The same about other sessions: by their ids, which are nothing else's by chance."""
        words = self.words
        for old, new in sessions.items():
            words = words if old.isdigit() else words.replace(old, new)
        return Said(self.name, self.url, words)


class PageMessages:
    """The messages of one person's pages that change something, in their order."""

    def __init__(self, target: Target, context: BrowserContext) -> None:
        requests = PageRequests(target)
        self._kinds: dict[str, list[PageMessage]] = {
            name: messages
            for name in target.page_requests
            if name not in _LOOKS and (messages := requests.messages(name))
        }
        self.said: list[Said] = []
        if self._kinds:
            context.on("page", self._follow)

    def hear(self, url: str, words: str) -> None:
        """A page has said that, or was about to."""
        for name, messages in self._kinds.items():
            if any(message.told_in(url, words) is not None for message in messages):
                self.said.append(Said(name, url, words))

    def _follow(self, page: Page) -> None:
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", partial(self._on_sent, socket.url))

    def _on_sent(self, url: str, sent: bytes | str) -> None:
        if isinstance(sent, str):
            self.hear(url, sent)

"""What a person's pages say on their console, and the errors that nothing on them catches."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

from greenroom.record.events import PageNote
from greenroom.record.evidence import Evidence

_MOST_LINES, _LONGEST_LINE = 1000, 10_000
"""What is kept of a page's console: lines, and characters of each. A page that floods it must not slow the run down."""


class PageConsole:
    """The `lines` of one context so far, and the errors that nothing caught since a page was `loading` last. `who` says
    whose pages they are by now."""

    def __init__(self, context: BrowserContext, evidence: Evidence, who: Callable[[], str]) -> None:
        self._context, self._evidence, self._who = context, evidence, who
        self.lines: list[str] = []
        self._uncaught: list[str] = []
        self._before = 0
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    @property
    def uncaught(self) -> list[str]:
        """The errors of the page that is there: what one before it threw says nothing of it."""
        return self._uncaught[self._before :]

    def loading(self) -> None:
        """Another page is being loaded, or the same one anew."""
        self._before = len(self._uncaught)

    def _on_console(self, message: ConsoleMessage) -> None:
        if len(self.lines) == _MOST_LINES:
            self._context.remove_listener("console", self._on_console)
            left_out = f"more than {_MOST_LINES} lines on the console: the rest is left out"
            self._evidence.note(PageNote(who=self._who(), kind="console", level="warning", text=left_out))
            return
        text = self._evidence.redactor.text(message.text[:_LONGEST_LINE])
        self.lines.append(text)
        self._evidence.note(PageNote(who=self._who(), kind="console", level=message.type, text=text))

    def _on_error(self, error: WebError) -> None:
        text = self._evidence.redactor.text(str(error.error)[:_LONGEST_LINE])
        if len(self._uncaught) == _MOST_LINES:
            return
        self._uncaught.append(text)
        self._evidence.note(PageNote(who=self._who(), kind="error", level="error", text=text))

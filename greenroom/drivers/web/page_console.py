"""What a person's pages say on their console, and the errors that nothing on them catches."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

from greenroom.record.events import PageNote
from greenroom.record.evidence import Evidence

_MOST_LINES, _LONGEST_LINE = 1000, 10_000
"""What is kept of a page's console: lines, and characters of each. A page that floods it must not slow the run down."""


class PageConsole:
    """The `lines` and `uncaught` errors of one context so far. `who` says whose pages they are by now."""

    def __init__(self, context: BrowserContext, evidence: Evidence, who: Callable[[], str]) -> None:
        self._context, self._evidence, self._who = context, evidence, who
        self.lines: list[str] = []
        self.uncaught: list[str] = []
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

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
        if len(self.uncaught) == _MOST_LINES:
            return
        self.uncaught.append(text)
        self._evidence.note(PageNote(who=self._who(), kind="error", level="error", text=text))

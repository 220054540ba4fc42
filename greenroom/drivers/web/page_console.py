"""What a person's pages say on their console, and the errors that nothing on them catches."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

from greenroom.record.events import PageNote
from greenroom.record.evidence import Evidence

_MOST_LINES, _LONGEST_LINE = 1000, 10_000
"""What is kept of a page's console: lines, and characters of each. A page that floods it must not slow the run down."""

_NAMED = re.compile(r"\b(?:Type|Reference|Range)Error: (?!.*(?:fetch|network|load failed))", re.IGNORECASE)
_UNNAMED = re.compile(
    r"Cannot (?:read|set) propert|Cannot convert undefined|Cannot access '|is not (?:a function|defined|iterable)"
    r"|is not a constructor|Invalid time value|Maximum call stack"
)
"""What a browser says of a mistake in a script; of the network's troubles it says `TypeError` as well."""


class PageConsole:
    """The `lines` of one context so far, and the errors of the target's own scripts since a page was `loading` last.

    `who` says whose pages they are by now, `origins` are those of the target.
    """

    def __init__(
        self, context: BrowserContext, evidence: Evidence, who: Callable[[], str], origins: Collection[str] = ()
    ) -> None:
        self._context, self._evidence, self._who = context, evidence, who
        self._origins = tuple(f"{origin}/" for origin in origins)
        self.lines: list[str] = []
        self._uncaught: list[str] = []
        self._before = 0
        self._logged = ""
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    @property
    def uncaught(self) -> list[str]:
        """The errors of the page that is there: what one before it threw says nothing of it."""
        return self._uncaught[self._before :]

    @property
    def mistake(self) -> str:
        """What a page that does not work says of a mistake in its script: the error that nothing caught, or one that it
        caught and logged; "" when it says nothing of the kind."""
        if self.uncaught:
            return f"uncaught error: {self.uncaught[-1]}"
        return f"on its console: {self._logged}" if self._logged else ""

    def loading(self) -> None:
        """Another page is being loaded, or the same one anew."""
        self._before, self._logged = len(self._uncaught), ""

    def _on_console(self, message: ConsoleMessage) -> None:
        if len(self.lines) == _MOST_LINES:
            self._context.remove_listener("console", self._on_console)
            left_out = f"more than {_MOST_LINES} lines on the console: the rest is left out"
            self._evidence.note(PageNote(who=self._who(), kind="console", level="warning", text=left_out))
            return
        text = self._evidence.redactor.text(message.text[:_LONGEST_LINE])
        self.lines.append(text)
        if (_NAMED.search(text) or _UNNAMED.search(text)) and message.location["url"].startswith(self._origins):
            self._logged = text.partition("\n")[0]
        self._evidence.note(PageNote(who=self._who(), kind="console", level=message.type, text=text))

    def _on_error(self, error: WebError) -> None:
        text = self._evidence.redactor.text(str(error.error)[:_LONGEST_LINE])
        if len(self._uncaught) == _MOST_LINES:
            return
        self._uncaught.append(text)
        self._evidence.note(PageNote(who=self._who(), kind="error", level="error", text=text))

"""Pages that a page opens by itself, in a tab or a window of their own."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Error, Page


def follow_opened(context: BrowserContext, current: Callable[[], Page], look_at: Callable[[Page], None]) -> None:
    """Look at what the page in sight opens from then on, as a person does whose browser shows it; and at the page that
    opened it again, once it is closed."""

    def follow(page: Page) -> None:
        try:
            opener = page.opener()
        except Error:  # it is closed already
            return
        if opener is None or opener is not current():
            return

        def come_back(closed: Page) -> None:
            if current() is closed and not opener.is_closed():
                look_at(opener)

        page.once("close", come_back)
        look_at(page)

    context.on("page", follow)

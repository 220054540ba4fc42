"""A person is signed in within the browser by what it keeps: an entry of local storage, or cookies."""

from __future__ import annotations

import json
from collections.abc import Sequence

from playwright.sync_api import BrowserContext, Page

from greenroom.core.placeholders import as_numbers, fill
from greenroom.drivers.account import Account
from greenroom.targetfile.model import Target
from greenroom.targetfile.operations import IDS


def keep_session(context: BrowserContext, target: Target, account: Account, origins: Sequence[str]) -> None:
    """Let the browser keep what makes it the account's, for each of the pages' origins."""
    how = target.browser_sign_in
    if how.scheme == "local-storage":
        text = _kept(target, account)
        script = (
            f"if ({json.dumps(origins)}.includes(location.origin) && !sessionStorage.getItem('greenroom')) "
            f"{{ sessionStorage.setItem('greenroom', '1'); "
            f"localStorage.setItem({json.dumps(how.key)}, {json.dumps(text)}) }}"
        )
        context.add_init_script(script)
    elif how.scheme == "cookie":
        names = {how.key: _kept(target, account)} if how.key else account.cookies
        for origin in origins:
            context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in names.items()])


def keep_on_page(page: Page, target: Target, account: Account) -> None:
    """The same for the page that is open, by its local storage, in place of whoever was signed in."""
    page.evaluate(
        "([key, text]) => localStorage.setItem(key, text)", [target.browser_sign_in.key, _kept(target, account)]
    )


def _kept(target: Target, account: Account) -> str:
    values = account.values()
    value = fill(target.browser_sign_in.value, as_numbers(values, IDS) if target.ids == "number" else values)
    return value if isinstance(value, str) else json.dumps(value)

"""What a browser keeps: by an entry of local storage or by cookies a person is signed in; and what is there for all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

from greenroom.core.placeholders import as_numbers, fill
from greenroom.drivers.account import Account
from greenroom.drivers.answer import SetCookie
from greenroom.drivers.web.origin import origin_of
from greenroom.targetfile.model import Target
from greenroom.targetfile.operations import IDS


def keep_session(
    context: BrowserContext, target: Target, account: Account, origins: Sequence[str], *, turn: int = 1
) -> None:
    """Let the browser keep what makes it the account's, for each of the pages' origins, from the next load on.

    `turn` counts who signs in there: whoever comes later replaces who was there before, in whatever order the browser
    runs what was said of both.
    """
    how = target.browser_sign_in
    if how.scheme == "local-storage":
        text = _kept(target, account)
        script = (
            f"if ({json.dumps(origins)}.includes(location.origin) && "
            f"Number(sessionStorage.getItem('greenroom')) < {turn}) "
            f"{{ sessionStorage.setItem('greenroom', '{turn}'); "
            f"localStorage.setItem({json.dumps(how.key)}, {json.dumps(text)}) }}"
        )
        context.add_init_script(script)
    elif how.scheme == "cookie":
        names = {how.key: _kept(target, account)} if how.key else account.cookies
        for origin in origins:
            context.add_cookies([_cookie(name, value, origin) for name, value in names.items()])


def keep_from_the_beginning(context: BrowserContext, kept: Mapping[str, str], origins: Sequence[str]) -> None:
    """Let the browser keep that in the local storage of the pages' origins, whoever is signed in; what a page has
    changed of it since stays."""
    if kept:
        script = (
            f"if ({json.dumps(origins)}.includes(location.origin)) "
            f"for (const [key, value] of Object.entries({json.dumps(dict(kept))})) "
            "if (localStorage.getItem(key) === null) localStorage.setItem(key, value)"
        )
        context.add_init_script(script)


def change_kept(page: Page, target: Target, change: Callable[[str], str]) -> None:
    """Change what the open page has kept of the sign-in, unless the page itself changes it meanwhile. Raises what
    `change` does of the text, which is empty where nothing is kept."""
    key = target.browser_sign_in.key
    kept = page.evaluate("key => localStorage.getItem(key)", key) or ""
    script = "([key, was, is]) => { if (localStorage.getItem(key) === was) localStorage.setItem(key, is) }"
    page.evaluate(script, [key, kept, change(kept)])


def _cookie(name: str, value: str, origin: str) -> Any:
    """As its server sets it, where that is the origin: a page that takes it away, or gets another, has none of ours."""
    below = value.below if isinstance(value, SetCookie) else ""
    if not below or origin_of(below) != origin_of(origin):
        return {"name": name, "value": str(value), "url": origin}
    parts = urlsplit(below)
    return {"name": name, "value": str(value), "domain": parts.hostname or "", "path": parts.path or "/"}


def _kept(target: Target, account: Account) -> str:
    values = account.values()
    value = fill(target.browser_sign_in.value, as_numbers(values, IDS) if target.ids == "number" else values)
    return value if isinstance(value, str) else json.dumps(value)

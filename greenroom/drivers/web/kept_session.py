"""A person is signed in within the browser by what it keeps: an entry of local storage, or cookies."""

from __future__ import annotations

import json
from collections.abc import Sequence

from playwright.sync_api import BrowserContext

from greenroom.core.placeholders import fill
from greenroom.drivers.account import Account
from greenroom.targetfile.model import BrowserSignIn


def keep_session(context: BrowserContext, how: BrowserSignIn, account: Account, origins: Sequence[str]) -> None:
    """Let the browser keep what makes it the account's, for each of the pages' origins."""
    if how.scheme == "local-storage":
        value = fill(how.value, account.values())
        text = value if isinstance(value, str) else json.dumps(value)
        script = (
            f"if ({json.dumps(origins)}.includes(location.origin) && !sessionStorage.getItem('greenroom')) "
            f"{{ sessionStorage.setItem('greenroom', '1'); "
            f"localStorage.setItem({json.dumps(how.key)}, {json.dumps(text)}) }}"
        )
        context.add_init_script(script)
    elif how.scheme == "cookie":
        names = {how.key: str(fill(how.value, account.values()))} if how.key else account.cookies
        for origin in origins:
            context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in names.items()])

"""Finds a browser: an explicit setting, Playwright's own download, then what the machine has."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from greenroom.core.errors import MissingTool
from greenroom.core.verdict import Exit

CANDIDATES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "apt-get install -y chromium-headless-shell"


def find_browser(own: str) -> str:
    """The browser's path. `own` is where Playwright would keep its own download.

    Raises MissingTool, whose hint is the command that installs one.
    """
    explicit = os.environ.get("GREENROOM_BROWSER")
    if explicit:
        found = shutil.which(explicit)
        if found:
            return found
        raise MissingTool(f"no browser at GREENROOM_BROWSER={explicit}", hint="unset it, or name an executable")
    if own and Path(own).is_file():
        return own
    for candidate in CANDIDATES:
        found = shutil.which(candidate)
        if found:
            return found
    raise MissingTool("no browser found on this machine", hint=f"{INSTALL}   (or set GREENROOM_BROWSER to one)")


def main() -> int:
    """Print where the browser is; 3 and the command that installs one when there is none. Used by the set-up."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    try:
        print(find_browser(own))
    except MissingTool as missing:
        print(missing, file=sys.stderr)
        return Exit.ERROR
    return 0


if __name__ == "__main__":
    sys.exit(main())

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
INSTALL_WITH_WINDOW = "apt-get install -y chromium"
_WITHOUT_WINDOW = ("headless-shell", "headless_shell")


def find_browser(own: str, *, headed: bool = False) -> str:
    """The browser's path; one that can show a window where it is to be `headed`. `own` is where Playwright would keep
    its own download.

    Raises MissingTool, whose hint is the command that installs one.
    """
    found = _with_window(own) if headed else _any(own)
    if headed:
        _check_screen()
    return found


def _any(own: str) -> str:
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


def _with_window(own: str) -> str:
    explicit = os.environ.get("GREENROOM_BROWSER")
    if explicit:
        found = _any(own)
        if _has_window(found):
            return found
        hint = f"name another one, or unset it after: {INSTALL_WITH_WINDOW}"
        raise MissingTool(f"GREENROOM_BROWSER={explicit} has no window to show, as --headed asks", hint=hint)
    if own and _has_window(own) and Path(own).is_file():
        return own
    for candidate in filter(_has_window, CANDIDATES):
        found_here = shutil.which(candidate)
        if found_here:
            return found_here
    raise MissingTool(
        "no browser that can show a window found on this machine, as --headed asks",
        hint=f"{INSTALL_WITH_WINDOW}   (or set GREENROOM_BROWSER to one)",
    )


def _has_window(path: str) -> bool:
    return not any(word in os.path.realpath(path) or word in path for word in _WITHOUT_WINDOW)


def _check_screen() -> None:
    """Raises MissingTool where a window has no screen to be shown on."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise MissingTool(
            "there is no screen to show a browser on: neither DISPLAY nor WAYLAND_DISPLAY is set",
            hint="leave --headed out, or: apt-get install -y xvfb; xvfb-run -a greenroom run --headed ...",
        )


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

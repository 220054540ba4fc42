"""Which browser is used: what was set, Playwright's own, then what the machine has; else how to get one."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.errors import MissingTool
from greenroom.drivers.browser_finder import CANDIDATES, INSTALL, INSTALL_WITH_WINDOW, find_browser


def program(folder: Path, name: str) -> str:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is set, and nothing is on the PATH but what a test puts there."""
    monkeypatch.delenv("GREENROOM_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))


def test_what_was_set_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, own = program(tmp_path, "mine"), program(tmp_path, "own")
    program(tmp_path, CANDIDATES[0])
    monkeypatch.setenv("GREENROOM_BROWSER", mine)
    assert find_browser(own) == mine
    monkeypatch.setenv("GREENROOM_BROWSER", "mine")
    assert find_browser(own) == mine, "a name on the PATH will do"


def test_what_was_set_and_is_not_there_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, CANDIDATES[0])
    monkeypatch.setenv("GREENROOM_BROWSER", "/nowhere")
    with pytest.raises(MissingTool, match="no browser at GREENROOM_BROWSER=/nowhere"):
        find_browser("")


def test_playwrights_own_comes_before_the_machines(tmp_path: Path) -> None:
    own = program(tmp_path, "own")
    program(tmp_path, CANDIDATES[0])
    assert find_browser(own) == own


def test_the_machines_in_their_order(tmp_path: Path) -> None:
    for name in reversed(CANDIDATES):
        expected = program(tmp_path, name)
        assert find_browser(str(tmp_path / "none")) == expected


def test_none_says_how_to_get_one() -> None:
    with pytest.raises(MissingTool, match="no browser found") as refused:
        find_browser("")
    assert INSTALL in refused.value.hint


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a screen to show a window on."""
    monkeypatch.setenv("DISPLAY", ":0")


@pytest.mark.usefixtures("screen")
def test_headed_takes_one_with_a_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = program(tmp_path, "chromium_headless_shell")
    program(tmp_path, "chromium-headless-shell")
    with pytest.raises(MissingTool, match="no browser that can show a window") as refused:
        find_browser(own, headed=True)
    assert INSTALL_WITH_WINDOW in refused.value.hint
    whole = program(tmp_path, "chromium")
    assert find_browser(own, headed=True) == whole
    assert find_browser("") != whole, "without a window the small one comes first"
    chrome = program(tmp_path, "chrome")
    assert find_browser(chrome, headed=True) == chrome, "Playwright's own"
    monkeypatch.setenv("GREENROOM_BROWSER", "chromium-headless-shell")
    with pytest.raises(MissingTool, match="GREENROOM_BROWSER=chromium-headless-shell has no window to show"):
        find_browser(chrome, headed=True)


def test_headed_without_a_screen_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "chromium")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(MissingTool, match="no screen to show a browser on") as refused:
        find_browser("", headed=True)
    assert "xvfb-run -a greenroom run --headed" in refused.value.hint
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert find_browser("", headed=True).endswith("chromium")

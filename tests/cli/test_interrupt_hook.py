"""Ctrl-C at a moment when Python knows no line, which pytest can't show: the run ends as after any other."""

from __future__ import annotations

import pluggy
import pytest

from fixtures.plugin import run_hooks


class Reporter:
    """Breaks as pytest's own does."""

    @pytest.hookimpl
    def pytest_keyboard_interrupt(self) -> None:
        raise TypeError("unsupported operand type(s) for -: 'NoneType' and 'int'")


def test_what_pytest_can_not_show_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_hooks, "_current", [])  # the run of the tests themselves goes on
    manager = pluggy.PluginManager("pytest")
    manager.register(run_hooks)
    manager.register(Reporter())
    with pytest.raises(KeyboardInterrupt) as interrupted:
        raise KeyboardInterrupt
    manager.hook.pytest_keyboard_interrupt(excinfo=interrupted)

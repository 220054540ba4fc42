"""What a run says on the terminal: `LiveProgress` while it goes on, `render_summary` when it is over."""

from __future__ import annotations

from greenroom.reporting.terminal_live import LiveProgress
from greenroom.reporting.terminal_style import Verbosity
from greenroom.reporting.terminal_summary import render_summary

__all__ = ["LiveProgress", "Verbosity", "render_summary"]

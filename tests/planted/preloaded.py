"""Importing this imports all of the harness and what it uses, and runs no scenario: what every fork begins with.

Pytest imports its plugins and compiles the features only when it runs. A plan makes it do so: it collects every
scenario, starts nothing, and reads no target but the correct reference's.
"""

from __future__ import annotations

import contextlib
import gc
import io
import pkgutil
from importlib import import_module

import fixtures
import greenroom
import steps
from tests.planted.forked import command

for _package in (greenroom, fixtures, steps):
    for _module in pkgutil.walk_packages(_package.__path__, f"{_package.__name__}."):
        import_module(_module.name)
said = io.StringIO()
with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), contextlib.suppress(SystemExit):
    command(["run", "--plan"])
gc.collect()
gc.freeze()  # a collection in a fork would touch, and thereby copy, every page that it shares with the others

"""Importing this imports all of the harness and what it uses, and runs no scenario: what every fork begins with.

Pytest imports its plugins and compiles the features only when it runs. A plan makes it do so: it collects every
scenario, starts nothing, and reads no target but the correct reference's.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import pkgutil
import sys
from importlib import import_module

from tests.support.plain_environment import is_foreign

for _name in filter(is_foreign, list(os.environ)):  # some libraries look at colours and widths when they are imported
    del os.environ[_name]
for _package in map(import_module, ("greenroom", "fixtures", "steps")):
    for _module in pkgutil.walk_packages(_package.__path__, f"{_package.__name__}."):
        import_module(_module.name)
said = io.StringIO()
sys.argv = ["greenroom", "run", "--plan"]
with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), contextlib.suppress(SystemExit):
    import_module("greenroom.cli.main").main()
gc.collect()
gc.freeze()  # a collection in a fork would touch, and thereby copy, every page that it shares with the others

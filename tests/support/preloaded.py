"""Imports the harness and all that it uses, and runs nothing: what every forked command begins with."""

from __future__ import annotations

import gc
import os
import pkgutil
from importlib import import_module
from importlib.metadata import entry_points

from tests.support.plain_environment import is_foreign

for _name in filter(is_foreign, list(os.environ)):  # some libraries look at colours and widths when they are imported
    del os.environ[_name]


def _import_all() -> None:
    from _pytest.config import builtin_plugins

    for name in builtin_plugins:
        import_module(f"_pytest.{name}")
    for plugin in entry_points(group="pytest11"):
        if plugin.name != "faker":  # as pyproject.toml says
            plugin.load()
    for name in ("greenroom", "fixtures", "steps"):
        package = import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            import_module(module.name)


_import_all()
gc.collect()
gc.freeze()  # what is here to stay is not looked through again in every fork

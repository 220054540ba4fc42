"""What TOML can't say of a target, its adapter.py may: a subclass of the gateway's driver that overrides a method."""

from __future__ import annotations

import importlib.util
import inspect
from pathlib import Path

from greenroom.core.errors import BadTarget
from greenroom.drivers.gateway import Gateway

FILE = "adapter.py"


def gateway_of(folder: Path) -> type[Gateway]:
    """The driver for a target's gateway: the one subclass of `Gateway` in its adapter.py, or `Gateway` itself.

    Raises BadTarget when adapter.py can't be loaded, or holds no subclass or several.
    """
    file = folder / FILE
    if not file.is_file():
        return Gateway
    shown = f"{folder.name}/{FILE}"
    spec = importlib.util.spec_from_file_location(f"greenroom_adapter_{folder.name.replace('-', '_')}", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise BadTarget(f"{shown}: {type(error).__name__}: {error}", hint="it is imported as plain Python") from None
    found = [
        value
        for _, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, Gateway) and value is not Gateway
    ]
    if len(found) != 1:
        raise BadTarget(
            f"{shown}: {len(found)} subclasses of Gateway, one is needed",
            hint="from greenroom.drivers.gateway import Gateway; class Mine(Gateway): def perform(...)",
        )
    return found[0]

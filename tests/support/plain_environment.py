"""The environment of a person's shell, whatever the test's own is."""

from __future__ import annotations

import os
from collections.abc import Mapping

_FOREIGN = ("GREENROOM_", "PYTEST_", "GITHUB_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONDONTWRITEBYTECODE")


def is_foreign(name: str) -> bool:
    """Whether a variable of that name would change what a command says or does."""
    return name.startswith(_FOREIGN)


def environment(different: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment without such variables, and with those of `different`."""
    return {name: value for name, value in os.environ.items() if not is_foreign(name)} | dict(different or {})

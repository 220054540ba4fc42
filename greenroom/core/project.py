"""Where the project keeps its things, and which target is meant when none is named.

In a clone all of them are in its folder. A wheel has features, the embedded target and the promises in itself; what
is made then (targets, reports, what runs keep) is in the folder in which the command is called.
"""

from __future__ import annotations

import os
from pathlib import Path

_CLONE = Path(__file__).resolve().parents[2]
_IN_WHEEL = Path(__file__).resolve().parents[1] / "project"


def _here() -> Path:
    """The current folder; the one that the shell names, where it is gone."""
    try:
        return Path.cwd()
    except OSError:
        return Path(os.environ.get("PWD", "/"))


INSTALLED = _IN_WHEEL.is_dir()
"""Whether this is a wheel's code, and no clone's."""
ROOT = _IN_WHEEL if INSTALLED else _CLONE
"""The folder with pyproject.toml."""
HOME = _here() if INSTALLED else ROOT
"""The folder in which things are made."""
FEATURES = ROOT / "features"
PROMISES = ROOT / "docs" / "promises.md"
REPORTS = HOME / "reports"
TARGETS = HOME / "targets"
PRIVATE = HOME / ".greenroom"
"""What runs keep for each other: the ledger of what they made, leases of accounts."""
DEFAULT_TARGET = "reference"


def target_name(asked: str = "") -> str:
    """The target that is meant: the one asked for, else the one in GREENROOM_TARGET, else the embedded reference."""
    return asked or os.environ.get("GREENROOM_TARGET") or DEFAULT_TARGET


def in_project(path: Path) -> Path:
    """The path that is meant: as it is given, or where there is nothing, that of the wheel, as reports show it."""
    inside = ROOT / path
    return inside if INSTALLED and not path.exists() and not path.is_absolute() and inside.exists() else path


def of_launched() -> dict[str, str]:
    """Variables for a target that is launched: the embedded one may write nothing into a wheel."""
    return {"REFERENCE_CACHE": str(PRIVATE / "cache")} if INSTALLED else {}

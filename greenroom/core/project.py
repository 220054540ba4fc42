"""Where the project keeps its things, and which target is meant when none is named."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The folder with pyproject.toml."""
FEATURES = ROOT / "features"
PROMISES = ROOT / "docs" / "promises.md"
REPORTS = ROOT / "reports"
TARGETS = ROOT / "targets"
PRIVATE = ROOT / ".greenroom"
"""What runs keep for each other: the ledger of what they made, leases of accounts."""
DEFAULT_TARGET = "reference"


def target_name(asked: str = "") -> str:
    """The target that is meant: the one asked for, else the one in GREENROOM_TARGET, else the embedded reference."""
    return asked or os.environ.get("GREENROOM_TARGET") or DEFAULT_TARGET

"""M11: the page as it was before the fix still works against the migrated database, its fallback included."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.planted.bug import FOLDER
from tests.planted.copies import apply, copy_reference
from tests.planted.harness import Harness, Order

pytestmark = [pytest.mark.integration, pytest.mark.long]

OLDER_PAGE = FOLDER / "older_page" / "older_page.patch"
FALLBACK = "a host ends after the migration while the gateway fails, and goes live again"


def test_older_page_works_against_the_migrated_database(tmp_path: Path) -> None:
    verdict = run(tmp_path, OLDER_PAGE)
    assert {scenario["verdict"] for scenario in verdict["scenarios"]} == {"passed"}
    assert verdict["exit"] == 0


def test_migration_that_breaks_only_the_older_pages_fallback_is_found(tmp_path: Path) -> None:
    verdict = run(tmp_path, OLDER_PAGE, FOLDER / "older_page" / "migration_forbids_what_it_leaves.patch")
    assert [scenario["name"] for scenario in verdict["scenarios"] if scenario["verdict"] != "passed"] == [FALLBACK]
    assert verdict["verdict"] == "not conformant"


def run(folder: Path, *patches: Path) -> dict[str, Any]:
    """The verdict of the scenarios of M11 on a copy of the reference with these patches."""
    copy = copy_reference(folder / "older", folder / "cache")
    for patch in patches:
        apply(patch, copy)
    return Harness().run(Order(copy, folder / "reports", "M11"))
